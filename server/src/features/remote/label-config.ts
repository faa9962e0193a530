import { taskTypeOf } from '@vesalius/contracts'
import type { ProjectRow } from '../../db/tables.ts'

/** A project as Label Studio's labelling configuration. Source: labelstud.io/guide/setup.html. */
export function labelConfigOf({ task_type, classes }: Pick<ProjectRow, 'task_type' | 'classes'>): string {
  const { family } = taskTypeOf(task_type)
  const image = '<Image name="image" value="$image"/>'
  if (family === 'classification') {
    const choices = classes.map((name) => `<Choice value="${escapeXml(name)}"/>`).join('')
    return `<View>${image}<Choices name="choice" toName="image" choice="single">${choices}</Choices></View>`
  }
  const control = family === 'detection' ? 'RectangleLabels' : 'BrushLabels'
  const labels = classes.map((name) => `<Label value="${escapeXml(name)}"/>`).join('')
  return `<View>${image}<${control} name="label" toName="image">${labels}</${control}></View>`
}

function escapeXml(text: string): string {
  const codes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return text.replace(/[&<>"]/g, (character) => codes[character] ?? character)
}
