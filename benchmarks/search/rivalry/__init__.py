"""An app with the items' texts as a model, which django-watson and modelsearch want to index."""
