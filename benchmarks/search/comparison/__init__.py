"""A Django app with the items' texts as a model, for django-watson and modelsearch."""
