import type { MarkdownIt, Token } from 'markdown-it'

const BOX = /^\[([ xX])\][ \u00a0]/

/** `- [ ]` and `- [x]` at the start of a list item show an empty or a ticked box. */
export function taskItems(markdown: MarkdownIt): void {
  markdown.core.ruler.after('inline', 'task_items', ({ tokens }) => {
    for (const [index, token] of tokens.entries()) {
      const [item, paragraph] = [tokens[index - 2], tokens[index - 1]]
      if (token.type !== 'inline' || paragraph?.type !== 'paragraph_open' || item?.type !== 'list_item_open') continue
      const [first] = token.children ?? []
      const mark = first?.type === 'text' ? BOX.exec(first.content) : null
      if (!mark) continue
      showBox(first as Token, mark[1] !== ' ')
      item.attrJoin('class', 'task')
    }
  })
}

function showBox(text: Token, isTicked: boolean): void {
  text.content = `${isTicked ? '☑' : '☐'} ${text.content.slice(4)}`
}
