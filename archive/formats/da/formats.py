"""Danish formats: times with a full stop, as on the pages."""

DATETIME_FORMAT = "j. F Y H.i"
TIME_FORMAT = "H.i"
