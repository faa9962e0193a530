import { expect, it } from 'vitest'
import { attachedImages } from './attached-images.ts'
import { nameMentions } from './name-mentions.ts'

const [first, second] = ['01a219ec-92f5-703b-b342-5594472ad5ca', '01a219ec-92f5-703b-b342-5594472ad5cb']
const project = '/projects/01a219ec-90cc-7219-8ff2-e28f0bb11033'

it('addresses of images in a text are attached, each once, and nothing else is', () => {
  const text = `see https://host${project}/annotate?order=%22next%22&image=%22${first}%22 and
    ${project}/review?image="${second}" and ${project}/annotate?image=${first} and ${project}/annotate?image=nonsense`
  expect(attachedImages(text)).toEqual([first, second])
  expect(attachedImages(`/elsewhere?image=${first}`)).toEqual([])
})

it('people who are mentioned are bold, whole names only, and code stays as it is', () => {
  const mentions = [{ id: first as never, username: 'li_wei' }]
  expect(nameMentions({ text: '@li_wei, @li_wei2 a@li_wei 请看@li_wei', mentions })).toBe(
    '**@li\\_wei**, @li_wei2 a@li_wei 请看**@li\\_wei**',
  )
  expect(nameMentions({ text: '`@li_wei`', mentions })).toBe('`@li_wei`')
})
