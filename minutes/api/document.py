"""The OpenAPI document, completed with errors and examples."""

import json
import re
from typing import Any

from ninja.openapi.schema import OpenAPISchema

from minutes.api.problems import MEDIA_TYPE, Problem

_ERRORS = {
    "400": "A query parameter that is unknown, given twice, or cannot be.",
    "404": "The archive has nothing published at this address.",
    "503": "The database did not answer in time; `Retry-After` says when to try again.",
}
# Of the objects whose addresses the archive remembers.
_MOVED = {"301": "An address that it had before, or another name; `Location` has its own."}
_GONE = {"410": "It was taken down."}
_REMEMBERED = {"committee": _MOVED, "meeting": _MOVED | _GONE, "item": _MOVED | _GONE}
_PROBLEM = {"$ref": "#/components/schemas/Problem"}


def completed(document: OpenAPISchema) -> OpenAPISchema:
    """The document with every answer that can come, and an example of each that has content."""
    schemas = document["components"]["schemas"]
    told = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(told.pop("$defs"))
    schemas["Problem"] = told
    for path in document["paths"].values():
        operation = path["get"]
        for parameter in operation["parameters"]:
            _complete_parameter(parameter)
        responses = {str(status): each for status, each in operation["responses"].items()}
        content = responses["200"]["content"]["application/json"]
        content["example"] = example_of(content["schema"], schemas)
        responses["200"]["headers"] = {
            "ETag": {"description": "For `If-None-Match`.", "schema": {"type": "string"}}
        }
        responses["304"] = {"description": "`If-None-Match` names what is here still."}
        for status, description in _remembered(operation["operationId"]).items():
            responses[status] = {"description": description}
            if status >= "400":
                responses[status]["content"] = {MEDIA_TYPE: {"schema": _PROBLEM}}
        operation["responses"] = dict(sorted(responses.items()))
    _leave_out_unused(document)
    return document


def _complete_parameter(parameter: dict[str, Any]) -> None:
    """What pydantic says of a field, said of a parameter: one example, and no null, which cannot be asked."""
    parameter.pop("examples", None)
    schema = parameter["schema"]
    examples = schema.pop("examples", [])
    if examples:
        parameter["example"] = examples[0]
    for words in ("title", "description"):
        schema.pop(words, None)
    for several in ("anyOf", "allOf"):
        if several in schema:
            schema |= schema.pop(several)[0]


def _leave_out_unused(document: OpenAPISchema) -> None:
    """Without the schemas that only put parameters together."""
    schemas = document["components"]["schemas"]
    used = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document)))
    for name in [name for name in schemas if name not in used]:
        del schemas[name]


def _remembered(operation: str) -> dict[str, str]:
    return _ERRORS | _REMEMBERED.get(operation, {})


def example_of(schema: dict[str, Any], schemas: dict[str, Any]) -> Any:
    """A value that the schema allows, put together of its fields' examples."""
    if "examples" in schema:
        return schema["examples"][0]
    if "$ref" in schema:
        return example_of(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    if "anyOf" in schema:
        return example_of(schema["anyOf"][0], schemas)
    if schema.get("type") == "array":
        return [example_of(schema["items"], schemas)]
    if "properties" in schema:
        return {name: example_of(field, schemas) for name, field in schema["properties"].items()}
    return schema["enum"][0]
