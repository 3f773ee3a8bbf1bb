import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { scanPaths } from '../../../../src/mdf/script/name-scanner.ts'

const paths = (text: string) =>
  Array.from(scanPaths(text), (path) => path.map((name) => name.text).join('|'))

describe('scanPaths', () => {
  it('reads plain, bracketed and quoted names with points between them', () => {
    assert.deepEqual(paths('a . [b]]c]."d""e", f'), ['a|b]c|d"e', 'f'])
  })

  it('takes names that are not joined for paths of their own', () => {
    assert.deepEqual(paths('SELECT a b.c FROM #t'), ['SELECT', 'a', 'b|c', 'FROM', '#t'])
  })

  it('passes over comments, which nest, and strings', () => {
    assert.deepEqual(paths("a -- b\n/* c /* d */ e */ N'f ''g''' h"), ['a', 'N', 'h'])
  })

  it('passes over numbers and what is not closed', () => {
    assert.deepEqual(paths("1e5 + 0xAB a 'b"), ['a'])
    assert.deepEqual(paths('a /* b'), ['a'])
    assert.deepEqual(paths('[a'), ['a'])
  })

  it('says where a name is', () => {
    const [[name] = []] = scanPaths('  [x]')
    assert.deepEqual([name?.start, name?.end], [2, 5])
  })
})
