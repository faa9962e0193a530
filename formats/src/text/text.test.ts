import { expect, it } from 'vitest'
import { parseCsv } from './csv.ts'
import { escapeXml, parseXml } from './xml.ts'

it('a table is read with quotes, line ends and separators of any kind', () => {
  expect(parseCsv('image;class\r\n"a;""b""";x\n\nc;"two\nlines"').map(({ cells }) => cells)).toEqual([
    ['image', 'class'],
    ['a;"b"', 'x'],
    ['c', 'two\nlines'],
  ])
  expect(() => parseCsv('a,"b')).toThrow('not closed')
})

it('text written into XML comes back', () => {
  const text = `<a & "b" 'c'> ü`
  expect(parseXml(`<r x="${escapeXml(text)}">${escapeXml(text)}</r>`)).toMatchObject({ text })
  expect(parseXml(`<r x='${escapeXml(text)}'/>`).attributes.get('x')).toBe(text)
  expect(parseXml('<?xml version="1.0"?><!-- c --><r>&#65;&#x42;<![CDATA[<&>]]></r>').text).toBe('AB<&>')
})

it.each([
  ['<!DOCTYPE r [<!ENTITY a "b">]><r>&a;</r>', /document types/],
  ['<r>&a;</r>', /no known character/],
  ['<r><s></r>', /not closed/],
  ['<r>', /not closed/],
  ['<r a=1/>', /damaged/],
  ['<r/><s/>', /second root/],
  ['', /no element/],
  ['<a>'.repeat(40), /deep/],
])('refuses %s', (text, reason) => {
  expect(() => parseXml(text)).toThrow(reason)
})
