/**
 * Whole-number inverse discrete cosine transform of one 8 × 8 block with 13-bit constants, as the widespread "accurate
 * integer" method does it, so that results are equal to the last bit across decoders. Source: C. Loeffler,
 * A. Ligtenberg, G. Moschytz, "Practical fast 1-D DCT algorithms with 11 multiplications", ICASSP 1989.
 */

const SCALE_BITS = 13
const fix = (value: number) => Math.round(value * 2 ** SCALE_BITS)
const C_0298 = fix(0.298631336)
const C_0390 = fix(0.390180644)
const C_0541 = fix(0.5411961)
const C_0765 = fix(0.765366865)
const C_0899 = fix(0.899976223)
const C_1175 = fix(1.175875602)
const C_1501 = fix(1.50132111)
const C_1847 = fix(1.847759065)
const C_1961 = fix(1.96157056)
const C_2053 = fix(2.053119869)
const C_2562 = fix(2.562915447)
const C_3072 = fix(3.072711026)

const work = new Int32Array(64)

/** `coefficients`: `[64]` dequantised, natural order; `output`: `[64]` samples, 0..2^precision-1 (8 or 12 bits). */
export function inverseCosine(coefficients: Int32Array, output: Uint16Array, precision: number): void {
  const extra = precision === 8 ? 2 : 1
  for (let column = 0; column < 8; column += 1) {
    transform(coefficients, work, { first: column, step: 8, shift: SCALE_BITS - extra })
  }
  for (let row = 0; row < 8; row += 1) {
    transform(work, work, { first: row * 8, step: 1, shift: SCALE_BITS + extra + 3 })
  }
  const half = 1 << (precision - 1)
  const highest = 2 * half - 1
  for (let index = 0; index < 64; index += 1) {
    output[index] = Math.min(highest, Math.max(0, (work[index] ?? 0) + half))
  }
}

interface Line {
  first: number
  step: number
  shift: number
}

function transform(source: Int32Array, target: Int32Array, { first, step, shift }: Line): void {
  const at = (index: number) => source[first + index * step] ?? 0
  const [x0, x1, x2, x3, x4, x5, x6, x7] = [at(0), at(1), at(2), at(3), at(4), at(5), at(6), at(7)]
  const shared = (x2 + x6) * C_0541
  const evenLow = shared - x6 * C_1847
  const evenHigh = shared + x2 * C_0765
  const sum = (x0 + x4) * 2 ** SCALE_BITS
  const difference = (x0 - x4) * 2 ** SCALE_BITS
  const even = [sum + evenHigh, difference + evenLow, difference - evenLow, sum - evenHigh]
  const rotation = (x7 + x3 + x5 + x1) * C_1175
  const z1 = (x7 + x1) * -C_0899
  const z2 = (x5 + x3) * -C_2562
  const z3 = (x7 + x3) * -C_1961 + rotation
  const z4 = (x5 + x1) * -C_0390 + rotation
  const odd = [x1 * C_1501 + z1 + z4, x3 * C_3072 + z2 + z3, x5 * C_2053 + z2 + z4, x7 * C_0298 + z1 + z3]
  const divisor = 2 ** shift
  for (let index = 0; index < 4; index += 1) {
    const a = even[index] ?? 0
    const b = odd[index] ?? 0
    target[first + index * step] = Math.floor((a + b) / divisor + 0.5)
    target[first + (7 - index) * step] = Math.floor((a - b) / divisor + 0.5)
  }
}
