"""E-mail alerts: pages that people follow, and the mails with what is new on them.

`subjects` says which pages can be followed and what is new on one, `following` stores, confirms and ends
subscriptions, `links` signs the addresses in mails. `digests` selects the news, `messages` writes the mails,
`delivery` sends what is due, each once, and `bounces` stops addresses that do not exist. `docs/alerts.md`
explains the guarantees.
"""
