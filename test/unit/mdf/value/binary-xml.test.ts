import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { decodeBinaryXml } from '../../../../src/mdf/value/binary-xml.ts'
import { hex } from '../page-builder.ts'

const HEADER = 'df ff 01 b0 04'

function name(text: string): string {
  return `f0 ${string(text)} `
}

function string(text: string): string {
  const length = Buffer.from([text.length]).toString('hex')
  return `${length} ${Buffer.from(text, 'utf16le').toString('hex')}`
}

function decode(...tokens: readonly string[]): string {
  const bytes = hex([HEADER, ...tokens].join(' '))
  return decodeBinaryXml(bytes, 0, bytes.length)
}

/** Names 1 and 2, qualified names 1 (a) and 2 (b). */
const NAMES = `${name('a')} ${name('b')} ef 00 00 01 ef 00 00 02`

describe('decodeBinaryXml', () => {
  it('writes elements, attributes and text, escaped', () => {
    assert.equal(
      decode(NAMES, 'f8 01 f6 02', `11 ${string('x"<')}`, 'f5', `11 ${string('1 < 2')}`, 'f7'),
      '<a b="x&quot;&lt;">1 &lt; 2</a>',
    )
  })

  it('closes elements without content at once', () => {
    assert.equal(decode(NAMES, 'f8 01 f8 02 f7 f7'), '<a><b/></a>')
  })

  it('writes prefixes and namespace declarations', () => {
    const declared = `${name('urn:x')} ${name('xmlns:p')} ${name('p')} ${name('e')}`
    assert.equal(
      decode(declared, 'ef 00 02 00 ef 01 03 04', `f8 02 f6 01 11 ${string('urn:x')} f5 f7`),
      '<p:e xmlns:p="urn:x"/>',
    )
  })

  it('writes typed values as XML Schema does', () => {
    const values: [string, string][] = [
      ['87 13 26 0a 01 00187bbd1201000000000000000000 00', '118'],
      ['86 01', 'true'],
      ['02 feffffff', '-2'],
      ['04 000000000000f83f', '1.5E0'],
      ['03 cdcccc3d', '1E-1'],
      ['03 ffff7f7f', '3.4028235E38'],
      ['8c 02', 'b'],
      ['84 02 0aff', '0AFF'],
      ['05 e022020000000000', '14.0000'],
      ['7f dab937', '9999-12-31'],
      ['7b 00 100e00 0a0000 3c00', '0001-01-11T02:00:00+01:00'],
      ['0f 02 00ff', 'AP8='],
    ]
    for (const [bytes, expected] of values) {
      assert.equal(decode(NAMES, `f8 01 ${bytes} f7`), `<a>${expected}</a>`, bytes)
    }
  })

  it('writes comments and processing instructions, and skips extensions', () => {
    assert.equal(
      decode(NAMES, `f4 01 ${string('x')}`, 'ea 02 0102', `f8 01 f3 ${string('c')} f7`),
      '<?a x?><a><!--c--></a>',
    )
  })

  it('reads a declaration, a document type, character data and textual XML', () => {
    const head = `fe ${string('1.0')} fd ${string('utf-16')} 00 fc ${string('a')} fb ${string('s')}`
    const body = `f8 01 f2 ${string('<')} f2 ${string('b')} f1 ed ${string('<c/>')} f7`
    assert.equal(decode(NAMES, head, body), '<a>&lt;b<c/></a>')
  })

  it('reads nested documents, which have names of their own', () => {
    const nested = `ec ${HEADER} ${name('n')} ef 00 00 01 f8 01 f7 eb`
    assert.equal(decode(NAMES, `f8 01 ${nested} f8 02 f7 f7`), '<a><n/><b/></a>')
  })

  it('forgets names that are flushed', () => {
    const flushed = `e9 ${name('c')} ef 00 00 01 f8 01 f7`
    assert.equal(decode(NAMES, `f8 01 ${flushed} f7`), '<a><c/></a>')
  })

  it('keeps text of white space alone', () => {
    assert.equal(decode(NAMES, `f8 01 11 ${string('  ')} f7`), '<a> &#x20;</a>')
    assert.equal(decode(NAMES, `f8 01 11 ${string('\n')} f7`), '<a>&#x0A;</a>')
  })

  it('is empty for no bytes', () => {
    assert.equal(decodeBinaryXml(Buffer.alloc(0), 0, 0), '')
  })

  it('refuses malformed documents', () => {
    for (const tokens of [
      'f8 01',
      'f7',
      'c0',
      'f8 09 f7',
      '11 ff',
      'f6 01',
      '02 00',
      'eb',
      'ec 00',
    ]) {
      assert.throws(() => decode(NAMES, tokens), { code: 'FILE_DAMAGED' }, tokens)
    }
    assert.throws(() => decodeBinaryXml(Buffer.from('<a/>....'), 0, 8), { code: 'FILE_DAMAGED' })
  })
})
