/** The beginning of a text on one line, without the signs of Markdown. */
export const inBrief = (text: string, characters: number): string =>
  text
    .replace(/[*`~]+|^[#>\s-]+/gm, '')
    .replace(/\s+/g, ' ')
    .slice(0, characters)
