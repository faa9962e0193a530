import { z } from 'zod'

/**
 * A sentence that tells a person why something did not come over, kept so that it can be told in other languages: an
 * English template with `{0}`, `{1}`… where the values go. A value may be a reason itself.
 */
export interface Reason {
  template: string
  values: (string | Reason)[]
}
export const Reason: z.ZodType<Reason> = z
  .object({ template: z.string(), values: z.array(z.union([z.string(), z.lazy(() => Reason)])) })
  .meta({ id: 'Reason' })

/** Writes a reason: because`the picture has no frame ${frame}`. */
export function because(
  parts: TemplateStringsArray,
  ...values: readonly (string | number | Reason | undefined)[]
): Reason {
  const template = parts.reduce((text, part, at) => `${text}{${at - 1}}${part}`)
  return { template, values: values.map((value) => (typeof value === 'object' ? value : String(value ?? ''))) }
}

/** The sentence in English, or by the words of another language, which have templates and single values. */
export function tellReason({ template, values }: Reason, words: Readonly<Record<string, string>> = {}): string {
  return (words[template] ?? template).replace(/\{(\d+)\}/g, (whole, at) => {
    const value = values[Number(at)]
    if (value === undefined) return whole
    return typeof value === 'object' ? tellReason(value, words) : (words[value] ?? value)
  })
}
