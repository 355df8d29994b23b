"""What can be taken out of the archive as files: lists as filtered, and everything published.

`files` turns a list into CSV or JSON, streamed; `lists` says what columns there are. `kinds` says what an
export of everything holds of each kind of row, and `archive` writes it as a folder, verifies it and reads it.
"""
