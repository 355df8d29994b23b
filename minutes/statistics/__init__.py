"""What the archive tells of a person, a case, a committee or a ballot: figures made of published rows.

Nothing is written here, and nothing is rendered.
"""
