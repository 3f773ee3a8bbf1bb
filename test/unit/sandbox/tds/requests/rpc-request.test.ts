import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { RpcCall } from '../../../../../src/sandbox/tds/index.ts'
import { negotiateProtocol, type Protocol } from '../../../../../src/sandbox/tds/protocol.ts'
import { readRpcRequest } from '../../../../../src/sandbox/tds/requests/rpc-request.ts'
import { ALL_HEADERS, ucs2 } from '../raw-client.ts'
import { COLLATION_ID } from '../scripted-backend.ts'

function protocolOf(version: number): Protocol {
  const protocol = negotiateProtocol(version, false)
  assert.ok(protocol)
  return protocol
}

const TDS_7_4 = protocolOf(0x74000004)
const TDS_7_1 = protocolOf(0x71000001)
const COLLATION = '0904d00034'
const FLAGS = '0000'
/** sp_executesql by its number. */
const EXECUTE_SQL = `ffff0a00${FLAGS}`

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex')

function read(body: string, protocol = TDS_7_4): RpcCall[] {
  const headers = protocol === TDS_7_4 ? [ALL_HEADERS] : []
  return readRpcRequest(Buffer.concat([...headers, hex(body)]), protocol)
}

function firstValue(parameter: string): unknown {
  return read(`${EXECUTE_SQL} 00 00 ${parameter}`)[0]?.parameters[0]?.value
}

describe('readRpcRequest', () => {
  it("reads the specification's sample: foo3 with one bit parameter left NULL", () => {
    const body = hex('0400 66006f006f003300 0000 00 02 26 02 00')
    const calls = readRpcRequest(Buffer.concat([ALL_HEADERS, body]), TDS_7_4)
    assert.equal(calls[0]?.procedure, 'foo3')
    assert.deepEqual(calls[0]?.parameters, [
      {
        name: '',
        type: { name: 'smallint', maxLength: 2, precision: 5, scale: 0, collationId: 0 },
        value: null,
        isOutput: false,
        isDefault: true,
      },
    ])
  })

  it('reads names, numbers and flags', () => {
    const name = ucs2('@é').toString('hex')
    const [call] = read(`${EXECUTE_SQL} 02 ${name} 01 26 04 04 2a000000`)
    assert.equal(call?.procedure, 'sp_executesql')
    assert.equal(call?.parameters[0]?.name, '@é')
    assert.equal(call?.parameters[0]?.value, 42)
    assert.equal(call?.parameters[0]?.isOutput, true)
  })

  it('reads several calls with the separator of each version', () => {
    const call = `${EXECUTE_SQL} 00 00 38 01000000`
    const other = `ffff0c00${FLAGS}`
    for (const [separator, protocol] of [
      ['ff', TDS_7_4],
      ['80', TDS_7_1],
    ] as const) {
      assert.deepEqual(
        read(`${call}${separator}${other}`, protocol).map(({ procedure }) => procedure),
        ['sp_executesql', 'sp_execute'],
      )
    }
  })

  it('reads the fixed types of older clients', () => {
    assert.equal(firstValue('30 ff'), 255)
    assert.equal(firstValue('32 01'), true)
    assert.equal(firstValue('34 feff'), -2)
    assert.equal(firstValue('7f ffffffffffffffff'), -1n)
    assert.equal(firstValue('3e 000000000000f83f'), 1.5)
    assert.equal(firstValue('1f'), null)
  })

  it('reads text in chunks, of known and of unknown length', () => {
    const chunks = `04000000 ${ucs2('ab').toString('hex')} 02000000 ${ucs2('c').toString('hex')} 00000000`
    for (const length of ['0600000000000000', 'feffffffffffffff']) {
      assert.equal(firstValue(`e7 ffff ${COLLATION} ${length} ${chunks}`), 'abc')
    }
    assert.equal(firstValue(`e7 ffff ${COLLATION} ffffffffffffffff`), null)
  })

  it('reads char and text by their collation', () => {
    assert.equal(firstValue(`a7 0a00 ${COLLATION} 0200 e980`), 'é€')
    assert.equal(firstValue(`23 ffffff7f ${COLLATION} 02000000 e980`), 'é€')
    const [call] = read(`${EXECUTE_SQL} 00 00 a7 0a00 ${COLLATION} ffff`)
    assert.deepEqual(call?.parameters[0]?.type, {
      name: 'varchar',
      maxLength: 10,
      precision: 0,
      scale: 0,
      collationId: COLLATION_ID,
    })
  })

  it('takes the byte order mark off xml', () => {
    const text = ucs2('\ufeff<a/>')
    const length = Buffer.alloc(4)
    length.writeUInt32LE(text.length)
    const xml = `f1 00 feffffffffffffff ${length.toString('hex')} ${text.toString('hex')} 00000000`
    assert.equal(firstValue(xml), '<a/>')
  })

  it('refuses what it does not know', () => {
    assert.throws(() => firstValue('77'), { number: 8009, message: /Data type 0x77 is unknown/ })
    assert.throws(() => firstValue('26 03 00'), { number: 8016 })
    assert.throws(() => firstValue('26 04 02 0000'), { number: 8016 })
    assert.throws(() => firstValue('6a 11 27 00 00'), { number: 8016 })
    assert.throws(() => firstValue('2a 08 00'), { number: 8016 })
    assert.throws(() => firstValue('f3'), { number: 40517 })
    assert.throws(() => read(`ffff6300${FLAGS}`), { number: 4002 })
    assert.throws(() => read(`${EXECUTE_SQL}${' 00 00 1f'.repeat(2101)}`), { number: 8003 })
  })

  it('refuses a request that is cut off anywhere', () => {
    const body = hex(
      `${EXECUTE_SQL} 00 00 e7 1400 ${COLLATION} 0400 61006200 00 00 6a 11 12 02 09 01 0000000000000001`,
    )
    const whole = Buffer.concat([ALL_HEADERS, body])
    const ends = new Set([ALL_HEADERS.length, ALL_HEADERS.length + 6, ALL_HEADERS.length + 22])
    for (let length = 0; length < whole.length; length++) {
      if (ends.has(length)) continue
      assert.throws(() => readRpcRequest(whole.subarray(0, length), TDS_7_4), { number: 4002 })
    }
  })
})
