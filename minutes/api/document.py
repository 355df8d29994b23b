"""The OpenAPI document, completed with errors and examples."""

import json
import re
from typing import Any

from ninja.openapi.schema import OpenAPISchema

from minutes.api.problems import MEDIA_TYPE, Problem

_ERRORS = {
    "400": "A query parameter that is unknown, given twice or invalid.",
    "404": "The archive has nothing published at this address.",
    "503": "The database did not answer in time; `Retry-After` says when to try again.",
}
# Objects whose former addresses redirect.
_MOVED = {"301": "A former address, or another name; `Location` has the present one."}
_GONE = {"410": "It was taken down."}
_REMEMBERED = {"committee": _MOVED, "meeting": _MOVED | _GONE, "item": _MOVED | _GONE}
_PROBLEM = {"$ref": "#/components/schemas/Problem"}


def complete(document: OpenAPISchema) -> OpenAPISchema:
    """Return the document with every possible response, and an example of each that has content."""
    schemas = document["components"]["schemas"]
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs"))
    schemas["Problem"] = problem
    for path in document["paths"].values():
        operation = path["get"]
        for parameter in operation["parameters"]:
            _complete_parameter(parameter)
        responses = {str(status): response for status, response in operation["responses"].items()}
        content = responses["200"]["content"]["application/json"]
        content["example"] = example_of(content["schema"], schemas)
        responses["200"]["headers"] = {
            "ETag": {"description": "For `If-None-Match`.", "schema": {"type": "string"}}
        }
        responses["304"] = {"description": "Not modified: `If-None-Match` has the current ETag."}
        for status, description in _other_responses(operation["operationId"]).items():
            responses[status] = {"description": description}
            if status >= "400":
                responses[status]["content"] = {MEDIA_TYPE: {"schema": _PROBLEM}}
        operation["responses"] = dict(sorted(responses.items()))
    _remove_unused(document)
    return document


def _complete_parameter(parameter: dict[str, Any]) -> None:
    """Convert the schema of a field to that of a parameter: one example, and no null."""
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


def _remove_unused(document: OpenAPISchema) -> None:
    """Remove the schemas that only combine parameters."""
    schemas = document["components"]["schemas"]
    used = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document)))
    for name in [name for name in schemas if name not in used]:
        del schemas[name]


def _other_responses(operation: str) -> dict[str, str]:
    return _ERRORS | _REMEMBERED.get(operation, {})


def example_of(schema: dict[str, Any], schemas: dict[str, Any]) -> Any:
    """Return a value that the schema allows, built from the examples of its fields."""
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
