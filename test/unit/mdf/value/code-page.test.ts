import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { codePageDecoder } from '../../../../src/mdf/value/code-page.ts'
import { hex } from '../page-builder.ts'

function decode(codePage: number, bytes: string): string {
  const buffer = hex(bytes)
  return codePageDecoder(codePage)(buffer, 0, buffer.length)
}

describe('codePageDecoder', () => {
  it('decodes the OEM code pages', () => {
    assert.equal(decode(437, '41 80 e0 fe ff'), 'AÇα■\u00a0')
    assert.equal(decode(850, '41 80 e0 d5 ff'), 'AÇÓı\u00a0')
  })

  it('decodes East Asian double bytes', () => {
    assert.equal(decode(932, '41 93fa 967b b1'), 'A日本ｱ')
    assert.equal(decode(936, '41 c4e3 8140 80'), 'A你丂€')
    assert.equal(decode(950, '41 a741'), 'A你')
  })

  it('decodes the syllables that code page 949 has beyond EUC-KR', () => {
    assert.equal(decode(949, '41 b0a1 c8fe'), 'A가힝')
    assert.equal(decode(949, '8141 815a 8161 8181 81fe 8241 a0fe a141 c652'), '갂갴갵걖괓괔좤좥힣')
    assert.equal(decode(949, 'a2e6 a2e7'), '€®')
  })

  it('has every syllable of Hangul in code page 949 once', () => {
    const units = new Set<string>()
    for (let lead = 0x81; lead <= 0xfe; lead++) {
      for (let trail = 0x41; trail <= 0xfe; trail++) {
        const text = codePageDecoder(949)(Buffer.of(lead, trail), 0, 2)
        if (text.length === 1 && text >= '\uac00' && text <= '\ud7a3') units.add(text)
      }
    }
    assert.equal(units.size, 11_172)
  })

  it('replaces what a code page does not have', () => {
    assert.equal(decode(949, '41 b0'), 'A\ufffd')
    assert.equal(decode(949, 'ff 41'), '\ufffdA')
    assert.equal(decode(1252, '81 80'), '\u0081€')
    assert.equal(decode(65001, 'ff 41'), '\ufffdA')
  })
})
