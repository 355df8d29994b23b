"""The OpenAPI document as a page of the site."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from minutes.api.v1 import api


def documentation(request: HttpRequest) -> HttpResponse:
    """Render the document as a page. No query."""
    document = api.get_openapi_schema()
    schemas = document["components"]["schemas"]
    ctx = {
        "info": document["info"],
        "paragraphs": _paragraphs(document["info"]["description"]),
        "operations": [_operation(path, methods["get"]) for path, methods in document["paths"].items()],
        "objects": [
            _object(name, schema) for name, schema in sorted(schemas.items()) if "properties" in schema
        ],
    }
    return render(request, "minutes/api.html", ctx)


def _operation(path: str, operation: dict[str, Any]) -> dict[str, Any]:
    content = operation["responses"]["200"]["content"]["application/json"]
    return {
        "path": path,
        "name": operation["operationId"],
        "paragraphs": _paragraphs(operation["description"]),
        "parameters": [_parameter(parameter) for parameter in operation["parameters"]],
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
            {"name": name, "kind": _kind(field), "description": _prose(field.get("description", ""))}
            for name, field in schema["properties"].items()
        ],
    }


def _paragraphs(text: str) -> list[SafeString]:
    return [_prose(paragraph) for paragraph in text.strip().split("\n\n")]


def _prose(text: str) -> SafeString:
    """Return the text escaped, with code elements for what is between backticks."""
    pieces = enumerate(text.split("`"))
    return format_html_join(
        "",
        "{}",
        ((format_html("<code>{}</code>", piece) if index % 2 else piece,) for index, piece in pieces),
    )


def _kind(schema: dict[str, Any]) -> str:
    """Return a type in words: "text or null", "list of ItemRecord"."""
    if "anyOf" in schema:
        return " or ".join(map(_kind, schema["anyOf"]))
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if schema["type"] == "array":
        return f"list of {_kind(schema['items'])}"
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if "const" in schema:
        return str(schema["const"])
    names = {"date": "day", "uri": "address"}
    return names.get(schema.get("format", ""), str(schema["type"]))
