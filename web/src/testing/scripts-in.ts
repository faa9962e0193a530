import { linkTarget, PICTURE_SOURCE } from '../features/markdown/safe-targets.ts'

const LOADS =
  'script, iframe, frame, object, embed, style, link, meta, base, form, input, button, svg, template, video, audio'

/** What in nodes could run a script, load something or take the page over: a look that does not trust the sanitiser. */
export function scriptsIn(nodes: ParentNode): string[] {
  const found = [...nodes.querySelectorAll(LOADS)].map((element) => `<${element.localName}>`)
  for (const element of nodes.querySelectorAll('*')) {
    for (const { name, value } of element.attributes) {
      if (/^on|^srcdoc$|^formaction$|^xlink|^action$|^background$/i.test(name)) found.push(name)
      if (name === 'href' && !linkTarget(value)) found.push(`href ${value}`)
      if (name === 'src' && !PICTURE_SOURCE.test(value)) found.push(`src ${value}`)
      if (name === 'style' && /url|expression|position/i.test(value)) found.push(`style ${value}`)
    }
  }
  return found
}
