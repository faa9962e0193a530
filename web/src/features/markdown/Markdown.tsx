import { type ComponentType, useEffect, useReducer } from 'react'
import classes from './Markdown.module.css'
import type { MarkdownKind } from './render-markdown.ts'

export interface MarkdownProps {
  text: string
  /** `message`: without headings and pictures, and line ends are kept. */
  kind?: MarkdownKind
  /** Of the ids of headings; letters, digits, `-` and `_`. */
  prefix?: string
  /** A link to `#heading` was followed. */
  onHeading?: (name: string) => void
}

/** A component that is loaded once. What waits for it is drawn the moment it is there, which Suspense puts off. */
class Late {
  component: ComponentType<MarkdownProps> | null = null
  readonly #load: () => Promise<ComponentType<MarkdownProps>>
  #loading: Promise<void> | null = null

  constructor(load: () => Promise<ComponentType<MarkdownProps>>) {
    this.#load = load
  }

  /** Tried again when it is asked for again. */
  start(): Promise<void> {
    this.#loading ??= this.#load().then(
      (component) => {
        this.component = component
      },
      () => {
        this.#loading = null
      },
    )
    return this.#loading
  }
}

const PLAIN = new Late(async () => (await import('./RenderedMarkdown.tsx')).PlainMarkdown)
const WITH_FORMULAS = new Late(async () => (await import('./FormulaMarkdown.tsx')).FormulaMarkdown)

/** Loads what reads texts, for a page that is about to show one. */
export const prepareMarkdown = (): void => void PLAIN.start()

/** Text of people as they meant it. It is shown as written until what reads it has been loaded. */
export function Markdown(props: MarkdownProps) {
  const late = props.text.includes('$') ? WITH_FORMULAS : PLAIN
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  const Shown = late.component
  useEffect(() => {
    if (!late.component) void late.start().then(redraw)
  }, [late])
  return Shown ? <Shown {...props} /> : <div className={classes.plain}>{props.text}</div>
}
