import { add } from './arithmetic.ts'
import type { GraphBuilder, Value } from './graph-builder.ts'

/** One way a gradient flows back: to `input`, by adding nodes that compute its share from the output's gradient. */
export interface GradientRule {
  input: Value
  share: (outputGradient: Value) => Value
}

/** Remembers how each value was made, so that gradients can be written into the same graph in reverse order. */
export class Tape {
  readonly graph: GraphBuilder
  readonly #records: { output: Value; rules: GradientRule[] }[] = []
  readonly #wanted = new Set<string>()

  constructor(graph: GraphBuilder) {
    this.graph = graph
  }

  /** Declares a value whose gradient is needed. */
  want(value: Value): void {
    this.#wanted.add(value.name)
  }

  isWanted(value: Value): boolean {
    return this.#wanted.has(value.name)
  }

  record(output: Value, rules: GradientRule[]): Value {
    const needed = rules.filter((rule) => this.isWanted(rule.input))
    if (needed.length > 0) {
      this.#wanted.add(output.name)
      this.#records.push({ output, rules: needed })
    }
    return output
  }

  /** Writes the gradients of everything wanted, by value name, from gradients known at some outputs. */
  differentiate(seeds: readonly { output: Value; gradient: Value }[]): Map<string, Value> {
    const gradients = new Map(seeds.map(({ output, gradient }) => [output.name, gradient]))
    for (const { output: made, rules } of this.#records.toReversed()) {
      const gradient = gradients.get(made.name)
      if (!gradient) continue
      for (const { input, share } of rules) {
        const known = gradients.get(input.name)
        gradients.set(input.name, known ? add(this.graph, known, share(gradient)) : share(gradient))
      }
    }
    return gradients
  }
}
