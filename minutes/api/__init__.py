"""The read-only JSON API under /api/v1/, one module per family of objects. `docs/api.md` is its manual.

`v1` assembles the families; `records` has the schemas they share, `addresses` the URLs, `parameters` the
query parameters, `paging` the cursors, `problems` the errors, `delivery` the response headers, `document` the
OpenAPI document and `page` the documentation page. Rows come from `published()`, as on the pages.
"""
