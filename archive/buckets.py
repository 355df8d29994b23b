"""A bucket of an S3-compatible service, as an entry of Django's setting `STORAGES`."""

from typing import Any


def bucket(
    name: str, *, endpoint: str, region: str, access_key: str, secret_key: str
) -> dict[str, Any] | None:
    """Return the entry for a private bucket, None without a name. Without `endpoint` it is at Amazon."""
    if not name:
        return None
    # An extra dependency.
    from botocore.config import Config  # noqa: PLC0415

    return {
        "BACKEND": "minutes.object_storage.ObjectStorage",
        "OPTIONS": {
            "bucket_name": name,
            "endpoint_url": endpoint or None,
            "region_name": region or None,
            "access_key": access_key or None,
            "secret_key": secret_key or None,
            "default_acl": None,
            "file_overwrite": True,
            # The name does not say what is in a file, and the site says it to the browser.
            "object_parameters": {"ContentType": "application/octet-stream"},
            "client_config": Config(
                connect_timeout=2,
                read_timeout=10,
                retries={"max_attempts": 2},
                s3={"addressing_style": "path" if endpoint else "auto"},
                signature_version="s3v4",
            ),
        },
    }
