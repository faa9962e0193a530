import { nameOfRef, type OpenApiDocument, type Operation, type Parameter, type Schema } from './operations.ts'

const HEAD = '# Written by `npm run generate` from contracts/generated/openapi.json. Do not edit.\n'
const KEYWORDS = new Set(['class', 'from', 'import', 'global', 'in', 'is', 'pass', 'not', 'or', 'and', 'with'])

/** The classes that inline objects of schemas become: Python has no types without a name. */
class Classes {
  readonly #texts = new Map<string, string>()

  get text(): string {
    return [...this.#texts.values()].join('\n\n')
  }

  /** The type of `schema`; objects in it become classes called `name` and what they are in it. */
  typeOf(schema: Schema, name: string): string {
    if (typeof schema === 'boolean') return 'Any'
    if (schema.$ref) return nameOfRef(schema.$ref)
    if (schema.const !== undefined) return `Literal[${literal(schema.const)}]`
    if (schema.enum) return `Literal[${schema.enum.map(literal).join(', ')}]`
    const choices = schema.anyOf ?? schema.oneOf
    if (choices) return this.#union(choices, name)
    if (Array.isArray(schema.type)) {
      return this.#union(
        schema.type.map((type) => ({ ...schema, type })),
        name,
      )
    }
    switch (schema.type) {
      case 'object':
        return this.#object(schema, name)
      case 'array':
        // JSON knows no tuples: what comes is a list, whatever stands at which place.
        if (schema.prefixItems) return `list[${this.#union(schema.prefixItems, `${name}Item`)}]`
        return `list[${this.typeOf(schema.items ?? true, `${name}Item`)}]`
      case 'string':
        return 'str'
      case 'integer':
        return 'int'
      case 'number':
        return 'float'
      case 'boolean':
        return 'bool'
      case 'null':
        return 'None'
      default:
        return 'Any'
    }
  }

  #union(choices: readonly Schema[], name: string): string {
    const isMany = choices.filter((choice) => typeof choice === 'object' && choice.properties).length > 1
    const types = choices.map((choice, at) => this.typeOf(choice, isMany ? `${name}${at + 1}` : name))
    return [...new Set(types)].join(' | ')
  }

  #object({ properties = {}, required = [], additionalProperties }: Exclude<Schema, boolean>, name: string): string {
    const fields = Object.entries(properties)
    if (fields.length === 0) return `dict[str, ${this.typeOf(additionalProperties ?? true, `${name}Value`)}]`
    const typed = fields.map(([field, value]) => {
      const type = this.typeOf(value, name + pascal(field))
      return [field, required.includes(field) ? type : `NotRequired[${type}]`] as const
    })
    const isPlain = fields.every(([field]) => isName(field))
    this.#texts.set(
      name,
      isPlain
        ? `@final\nclass ${name}(TypedDict):\n${typed.map(([field, type]) => `    ${field}: ${type}\n`).join('')}`
        : `${name} = TypedDict(\n    "${name}",\n    {\n${typed.map(([field, type]) => `        "${field}": '${type}',\n`).join('')}    },\n)\n`,
    )
    return name
  }

  /** A type with a name that is no object. */
  alias(name: string, type: string): void {
    if (type !== name) this.#texts.set(name, `${name}: TypeAlias = '${type}'\n`)
  }
}

/** `types.py` and `operations.py`. */
export function pythonModules(
  { components }: OpenApiDocument,
  operations: readonly Operation[],
): { types: string; operations: string } {
  const classes = new Classes()
  for (const [name, schema] of Object.entries(components.schemas)) classes.alias(name, classes.typeOf(schema, name))
  const methods = operations.map((operation) => methodOf(operation, classes))
  return {
    types: `${HEAD}from __future__ import annotations

from typing import Any, Literal, NotRequired, TypeAlias, TypedDict, final


${classes.text}`,
    operations: `${HEAD}from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, cast

from .._http import Content, Http, Tagged, Upload
from .types import *  # noqa: F403


class Operations:
    """Every operation of the API by its name."""

    def __init__(self, http: Http) -> None:
        self._http = http

${methods.join('\n')}`,
  }
}

function methodOf(operation: Operation, classes: Classes): string {
  const { id, summary, method, path, parameters, takesTag, body, answer } = operation
  const typed = (parameter: Parameter) => classes.typeOf(parameter.schema, pascal(id) + pascal(parameter.name))
  const required = parameters.filter(({ isRequired }) => isRequired)
  const optional = parameters.filter(({ isRequired }) => !isRequired)
  const bodyType = body && bodyTypeOf(body, pascal(id), classes)
  const lines = [
    'self',
    ...required.filter(({ place }) => place === 'path').map((each) => `${snake(each.name)}: ${typed(each)}`),
    ...(body?.isRequired ? [`body: ${bodyType}`] : []),
    ...(optional.length > 0 || takesTag || (body && !body.isRequired) || required.some(({ place }) => place === 'query')
      ? ['*']
      : []),
    ...required.filter(({ place }) => place === 'query').map((each) => `${snake(each.name)}: ${typed(each)}`),
    ...(body && !body.isRequired ? [`body: ${bodyType} | None = None`] : []),
    ...optional.map((each) => `${snake(each.name)}: ${typed(each)} | None = None`),
    ...(takesTag ? ['if_match: str | None = None'] : []),
  ]
  const filled = parameters.filter(({ place }) => place === 'path')
  const asked = parameters.filter(({ place }) => place === 'query')
  const pairs = (list: Parameter[]) => `{${list.map(({ name }) => `"${name}": ${snake(name)}`).join(', ')}}`
  const sent = [
    `"${method}"`,
    `"${path}"`,
    ...(filled.length > 0 ? [`path=${pairs(filled)}`] : []),
    ...(asked.length > 0 ? [`query=${pairs(asked)}`] : []),
    ...(body ? [`${body.kind}=body`] : []),
    ...(body?.kind === 'bytes' ? [`media_type="${body.mediaType}"`] : []),
    ...(takesTag ? ['if_match=if_match'] : []),
  ]
  const type = answerTypeOf(answer, pascal(id), classes)
  const way = answer.kind === 'json' ? (answer.isTagged ? 'tagged' : 'json') : answer.kind
  const call = `self._http.${way}(${sent.join(', ')})`
  const body_ =
    answer.kind === 'json' ? `return cast('${type}', ${call})` : answer.kind === 'none' ? call : `return ${call}`
  return `    def ${snake(id)}(${lines.join(', ')}) -> ${type}:
        """${summary.replaceAll('\\', '\\\\').replaceAll('"""', "'''")}"""
        ${body_}
`
}

function bodyTypeOf({ kind, schema }: NonNullable<Operation['body']>, name: string, classes: Classes): string {
  if (kind === 'form') return 'Iterable[Upload]'
  return kind === 'bytes' ? 'bytes | Iterable[bytes]' : classes.typeOf(schema, `${name}Body`)
}

function answerTypeOf(answer: Operation['answer'], name: string, classes: Classes): string {
  if (answer.kind === 'none') return 'None'
  if (answer.kind === 'content') return 'Content'
  const { schemas, isTagged } = answer
  const types = schemas.map((schema, at) => classes.typeOf(schema, `${name}Answer${at > 0 ? at + 1 : ''}`))
  const type = [...new Set(types)].join(' | ')
  return isTagged ? `Tagged[${type}]` : type
}

const literal = (value: unknown): string =>
  value === true ? 'True' : value === false ? 'False' : value === null ? 'None' : JSON.stringify(value)
const isName = (name: string): boolean => /^[A-Za-z_]\w*$/.test(name) && !KEYWORDS.has(name)
const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1).replace(/\W/g, '')
function snake(name: string): string {
  const snaked = name.replace(/[A-Z]+/g, (capitals) => `_${capitals.toLowerCase()}`)
  return KEYWORDS.has(snaked) || snaked === 'self' ? `${snaked}_` : snaked
}
