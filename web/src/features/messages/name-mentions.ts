import type { Message } from '@vesalius/contracts'

/** The text with the people it names in bold; text with code is left as it is. */
export function nameMentions({ text, mentions }: Pick<Message, 'text' | 'mentions'>): string {
  if (text.includes('`')) return text
  return mentions.reduce((said, { username }) => {
    const shown = username.replace(/[_*]/g, '\\$&')
    const name = username.replace(/[.*+?^${}()|[\]\\-]/g, '\\$&')
    return said.replace(new RegExp(`(?<![\\w@.-])@${name}(?![\\w.-]*\\w)`, 'giu'), `**@${shown}**`)
  }, text)
}
