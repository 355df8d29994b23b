"""The read-only JSON API under /api/v1/, a file for each family of objects. `docs/api.md` is its manual.

`v1` puts the families together; `records` is what their objects are made with, `addresses` where all is,
`parameters` what may be asked, `paging` the cursors, `problems` the errors, `delivery` the headers of every
answer, `document` the OpenAPI document and `page` its page. Rows come from `published()`, as on the pages.
"""
