import { expect, it } from 'vitest'
import { phantom } from '../../testing/uploads.ts'
import { checkGifStructure } from './gif-structure.ts'

const gif = () => phantom().gif().toBuffer()

it('takes a picture, also with zeros behind it', async () => {
  checkGifStructure(await gif())
  checkGifStructure(Buffer.concat([await gif(), Buffer.alloc(20)]))
})

it('refuses a script that begins like a picture', () => {
  expect(() => checkGifStructure(Buffer.from('GIF89a/*\x01\x00\x01\x00\x00\x00*/=1;alert(1)//'))).toThrow(/damaged/)
})

it('refuses a picture with a page behind it', async () => {
  const both = Buffer.concat([await gif(), Buffer.from('<script>alert(1)</script>')])
  expect(() => checkGifStructure(both)).toThrow(/something else/)
})

it('refuses a picture without its end, and an end without a picture', async () => {
  const whole = await gif()
  for (let length = 0; length < whole.length; length += 7) {
    expect(() => checkGifStructure(whole.subarray(0, length))).toThrow()
  }
  expect(() => checkGifStructure(Buffer.from('GIF89a\x01\x00\x01\x00\x00\x00\x00;', 'latin1'))).toThrow()
})
