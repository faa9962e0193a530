import { z } from 'zod'

type Json = Record<string, unknown> & { properties?: Record<string, Json>; required?: string[] }

/** The least input that a schema takes, by its JSON schema; `known` gives fields of these names their values. */
export function sampleInput(schema: z.ZodType, known: Readonly<Record<string, unknown>>): unknown {
  const { $defs = {}, ...root } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json
  return sample(root, { known, definitions: $defs as Record<string, Json> })
}

interface Means {
  known: Readonly<Record<string, unknown>>
  definitions: Record<string, Json>
}

function sample(schema: Json, means: Means): unknown {
  if (typeof schema.$ref === 'string')
    return sample(means.definitions[schema.$ref.replace('#/$defs/', '')] ?? {}, means)
  if (schema.const !== undefined) return schema.const
  if (Array.isArray(schema.enum)) return schema.enum[0]
  const [choice] = (schema.anyOf ?? schema.oneOf ?? []) as Json[]
  if (choice) return sample(choice, means)
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((name) => [
          name,
          means.known[name] ?? sample(schema.properties?.[name] ?? {}, means),
        ]),
      )
    case 'array':
      return Array.from({ length: (schema.minItems as number) ?? 0 }, () => sample((schema.items as Json) ?? {}, means))
    case 'integer':
    case 'number':
      return Math.max(Number(schema.minimum ?? 1), 1)
    case 'boolean':
      return true
    case 'string':
      return sampleText(schema)
    default:
      return {}
  }
}

function sampleText(schema: Json): string {
  if (schema.format === 'email') return 'somebody@example.org'
  if (schema.format === 'uuid') return '00000000-0000-7000-8000-000000000000'
  if (schema.format === 'uri') return 'https://example.org/'
  if (schema.format === 'date-time') return '2026-01-01T00:00:00.000Z'
  return 'a'.repeat(Math.max(1, (schema.minLength as number) ?? 1))
}
