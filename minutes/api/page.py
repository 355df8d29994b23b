"""The OpenAPI document as a page to read, in the site's own look."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from minutes.api.v1 import api


def documentation(request: HttpRequest) -> HttpResponse:
    """The document as a page. No query."""
    document = api.get_openapi_schema()
    schemas = document["components"]["schemas"]
    ctx = {
        "info": document["info"],
        "paragraphs": _paragraphs(document["info"]["description"]),
        "operations": [_operation(path, methods["get"]) for path, methods in document["paths"].items()],
        "objects": [_object(name, told) for name, told in sorted(schemas.items()) if "properties" in told],
    }
    return render(request, "minutes/api.html", ctx)


def _operation(path: str, operation: dict[str, Any]) -> dict[str, Any]:
    content = operation["responses"]["200"]["content"]["application/json"]
    return {
        "path": path,
        "name": operation["operationId"],
        "paragraphs": _paragraphs(operation["description"]),
        "parameters": [_parameter(each) for each in operation["parameters"]],
        "schema": content["schema"]["$ref"].rpartition("/")[2],
        "example": json.dumps(content["example"], ensure_ascii=False, indent=2),
        "others": [
            (status, _prose(response["description"]))
            for status, response in operation["responses"].items()
            if status != "200"
        ],
    }


def _parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": parameter["name"],
        "kind": _kind(parameter["schema"]),
        "where": parameter["in"],
        "description": _prose(parameter["description"]),
        "example": _written(parameter.get("example")),
    }


def _written(example: Any) -> str:
    if isinstance(example, list):
        example = example[0]
    return example if isinstance(example, str) else "" if example is None else json.dumps(example)


def _object(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "description": _prose(schema.get("description", "")),
        "fields": [
            {"name": field, "kind": _kind(told), "description": _prose(told.get("description", ""))}
            for field, told in schema["properties"].items()
        ],
    }


def _paragraphs(text: str) -> list[SafeString]:
    return [_prose(paragraph) for paragraph in text.strip().split("\n\n")]


def _prose(text: str) -> SafeString:
    """The document's own words, with what stands between backticks as code."""
    pieces = enumerate(text.split("`"))
    return format_html_join(
        "", "{}", ((format_html("<code>{}</code>", each) if place % 2 else each,) for place, each in pieces)
    )


def _kind(schema: dict[str, Any]) -> str:
    """A type in words: "text or null", "list of ItemRecord"."""
    if "anyOf" in schema:
        return " or ".join(map(_kind, schema["anyOf"]))
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    if schema["type"] == "array":
        return f"list of {_kind(schema['items'])}"
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if "const" in schema:
        return str(schema["const"])
    return {"date": "day", "uri": "address"}.get(schema.get("format", ""), schema["type"])
