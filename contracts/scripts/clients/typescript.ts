import { nameOfRef, type OpenApiDocument, type Operation, type Schema } from './operations.ts'

const HEAD = '// Written by `npm run generate` from contracts/generated/openapi.json. Do not edit.\n'

/** `types.ts`: every named schema. */
export function typescriptTypes({ components }: OpenApiDocument): string {
  const types = Object.entries(components.schemas).map(
    ([name, schema]) => `${comment(describe(schema), '')}export type ${name} = ${typeOf(schema, '')}\n`,
  )
  return [HEAD, ...types].join('\n')
}

/** `operations.ts`: one method for each operation. */
export function typescriptOperations(operations: readonly Operation[]): string {
  const methods = operations.map(methodOf)
  return `${HEAD}
import type { Content, Sender, Tagged, Upload } from '../http.ts'
import type * as types from './types.ts'

/** Every operation of the API by its name. */
export class Operations {
  readonly #send: Sender

  constructor(send: Sender) {
    this.#send = send
  }

${methods.join('\n')}}
`
}

function methodOf({ id, summary, method, path, parameters, takesTag, body, answer }: Operation): string {
  const fields = parameters.map(({ name, isRequired, schema }) => ({ name, isRequired, type: qualified(schema) }))
  if (body) fields.push({ name: 'body', isRequired: body.isRequired, type: bodyType(body) })
  if (takesTag) fields.push({ name: 'ifMatch', isRequired: false, type: 'string' })
  const isOptional = fields.every((field) => !field.isRequired)
  const shown = fields.map(({ name, isRequired, type }) => `${key(name)}${isRequired ? '' : '?'}: ${type}`)
  const input = fields.length === 0 ? '' : `input: { ${shown.join('; ')} }${isOptional ? ' = {}' : ''}`
  const call = [
    `method: '${method}'`,
    `path: '${path}'`,
    `answers: '${answer.kind === 'json' && answer.isTagged ? 'tagged' : answer.kind}'`,
    ...(parameters.some(({ place }) => place === 'query')
      ? [`query: [${parameters.flatMap(({ place, name }) => (place === 'query' ? [`'${name}'`] : [])).join(', ')}]`]
      : []),
    ...(body ? [`sends: '${body.kind}'`] : []),
    ...(body?.kind === 'bytes' ? [`mediaType: '${body.mediaType}'`] : []),
  ]
  return `${comment(summary, '  ')}  ${id}(${input}): Promise<${answerType(answer)}> {
    return this.#send({ ${call.join(', ')} }, ${fields.length === 0 ? '{}' : 'input'})
  }
`
}

function answerType(answer: Operation['answer']): string {
  if (answer.kind === 'none') return 'void'
  if (answer.kind === 'content') return 'Content'
  const type = answer.schemas.map(qualified).join(' | ')
  return answer.isTagged ? `Tagged<${type}>` : type
}

function bodyType({ kind, schema }: NonNullable<Operation['body']>): string {
  return kind === 'json' ? qualified(schema) : kind === 'form' ? 'Upload[]' : 'BodyInit'
}

const qualified = (schema: Schema): string => typeOf(schema, 'types.')

/** `from`: what stands before names of other types. */
function typeOf(schema: Schema, from: string): string {
  if (schema === false) return 'never'
  if (schema === true) return 'unknown'
  if (schema.$ref) return from + nameOfRef(schema.$ref)
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return choices.map((choice) => typeOf(choice, from)).join(' | ')
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ ...schema, type }, from)).join(' | ')
  switch (schema.type) {
    case 'object':
      return objectType(schema, from)
    case 'array':
      if (schema.prefixItems) return `[${schema.prefixItems.map((item) => typeOf(item, from)).join(', ')}]`
      return `Array<${typeOf(schema.items ?? true, from)}>`
    case 'integer':
      return 'number'
    case undefined:
      return 'unknown'
    default:
      return schema.type
  }
}

function objectType(schema: Exclude<Schema, boolean>, from: string): string {
  const { properties = {}, required = [], additionalProperties, propertyNames } = schema
  const fields = Object.entries(properties).map(
    ([name, value]) => `${key(name)}${required.includes(name) ? '' : '?'}: ${typeOf(value, from)}`,
  )
  if (fields.length > 0) return `{ ${fields.join('; ')} }`
  const isOpen = typeof additionalProperties === 'object' || additionalProperties === true
  if (!isOpen && additionalProperties === false) return 'Record<string, never>'
  const names = propertyNames && propertyNames !== true ? typeOf(propertyNames, from) : 'string'
  const record = `Record<${names}, ${typeOf(additionalProperties ?? true, from)}>`
  return names === 'string' ? record : `Partial<${record}>`
}

const describe = (schema: Schema): string => (typeof schema === 'object' ? (schema.description ?? '') : '')
const comment = (text: string, indent: string): string =>
  text ? `${indent}/** ${text.replaceAll('*/', '* /')} */\n` : ''
const key = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name))
