import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { decodeScsu } from '../../../../src/mdf/compression/scsu.ts'
import { hex } from '../page-builder.ts'

describe('decodeScsu', () => {
  // The examples of UTS #6, section 9.
  it('decodes the German, Russian and Japanese examples of the standard', () => {
    assert.equal(decodeScsu(hex('d66c20666c6965df74')), 'Öl fließt')
    assert.equal(decodeScsu(hex('129cbec1bab2b0')), 'Москва')
    const japanese = '08 00 1b 4c ea 16 ca d3 94 0f 53 ef 61 1b e5 84 c4'
    assert.equal(decodeScsu(hex(japanese)), '\u3000♪リンゴ可愛いや')
  })

  // Values of compressed tables, from the published tests of another reader.
  it('decodes what SQL Server writes', () => {
    assert.equal(decodeScsu(hex('4772617910')), 'Gray')
    assert.equal(decodeScsu(hex('6e63663110')), 'ncf1')
    assert.equal(decodeScsu(hex('129fc0b8b2b5c2')), 'Привет')
    assert.equal(decodeScsu(hex('13c5b1ada8a710')), 'مرحبا')
    assert.equal(decodeScsu(hex('48690e5c71')), 'Hi山')
  })

  it('decodes text in Unicode mode and returns from it', () => {
    assert.equal(decodeScsu(hex('0f 9673 6703 e0 41')), '陳會A')
  })

  it('quotes single characters and defines windows', () => {
    assert.equal(decodeScsu(hex('0e 20ac 41')), '€A')
    assert.equal(decodeScsu(hex('05 13')), '\u2013')
    assert.equal(decodeScsu(hex('18 41 80')), '\u2080')
    assert.equal(decodeScsu(hex('0b 0000 80')), '\u{10000}')
  })

  it('ignores a tag without operand at the end', () => {
    for (const tag of ['10', '02', '0e', '0e20', '0b', '18']) {
      assert.equal(decodeScsu(hex(`4142${tag}`)), 'AB', tag)
    }
  })
})
