import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { SqlError } from '../../../../../src/sandbox/sql-error.ts'
import type { RpcCall } from '../../../../../src/sandbox/tds/index.ts'
import { negotiateProtocol, type Protocol } from '../../../../../src/sandbox/tds/protocol.ts'
import { readRpcRequest } from '../../../../../src/sandbox/tds/requests/rpc-request.ts'
import { ALL_HEADERS, ucs2 } from '../raw-client.ts'
import { COLLATION_ID, INT, nvarchar } from '../scripted-backend.ts'

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
  return [...readRpcRequest(Buffer.concat([...headers, hex(body)]), protocol)]
}

function firstValue(parameter: string): unknown {
  return read(`${EXECUTE_SQL} 00 00 ${parameter}`)[0]?.parameters[0]?.value
}

describe('readRpcRequest', () => {
  it("reads the specification's sample: foo3 with one bit parameter left NULL", () => {
    const body = hex('0400 66006f006f003300 0000 00 02 26 02 00')
    const calls = [...readRpcRequest(Buffer.concat([ALL_HEADERS, body]), TDS_7_4)]
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

  it('reads the character types that are older than collations', () => {
    assert.equal(firstValue('27 0a 02 e980'), 'é€')
    assert.equal(firstValue('27 ff 00'), null)
    assert.equal(firstValue('2f 02 02 6162'), 'ab')
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
    assert.throws(() => firstValue(`e7 421f ${COLLATION} 0000`), { number: 8016 })
    assert.throws(() => firstValue(`e7 0500 ${COLLATION} 0000`), { number: 8016 })
    assert.throws(() => firstValue(`a7 0200 ${COLLATION} 0300 616263`), { number: 8016 })
    assert.throws(() => firstValue(`e7 1400 ${COLLATION} 0300 616263`), { number: 8028 })
    assert.throws(() => read(`ffff6300${FLAGS}`), { number: 4002 })
    assert.throws(() => read(`${EXECUTE_SQL}${' 00 00 1f'.repeat(2101)}`), { number: 8003 })
  })

  it('reads a table-valued parameter', () => {
    const name = `00 03 ${ucs2('dbo').toString('hex')} 04 ${ucs2('List').toString('hex')}`
    const columns = `0200 00000000 0000 26 04 00 00000000 0000 e7 1400 ${COLLATION} 00`
    const rows = '01 04 2a000000 0200 6100 01 00 ffff'
    const [call] = read(
      `${EXECUTE_SQL} 00 00 f3 ${name} ${columns} 00 ${rows} 00 00 00 38 01000000`,
    )
    assert.deepEqual(call?.parameters[0]?.table, {
      schema: 'dbo',
      typeName: 'List',
      columns: [
        { type: INT, isDefault: false },
        { type: nvarchar(20), isDefault: false },
      ],
      rows: [
        [42, 'a'],
        [null, null],
      ],
    })
    assert.equal(call?.parameters[1]?.value, 1)
  })

  it('reads a NULL table, columns left to the server and rows in an order of their own', () => {
    const table = (rest: string) =>
      read(`${EXECUTE_SQL} 00 00 f3 00 00 00 ${rest}`)[0]?.parameters[0]?.table
    assert.deepEqual(table('ffff 00 00'), { schema: '', typeName: '', columns: [], rows: [] })
    const [column, byDefault] = ['00000000 0000 30 00', '00000000 0002 38 00']
    const orders = '10 0100 0100 01 11 0300 0300 0200 0100'
    assert.deepEqual(
      table(`0300 ${column} ${byDefault} ${column} ${orders} 00 01 07 05 00`)?.rows,
      [[5, 7]],
    )
  })

  it('refuses a table-valued parameter that breaks the rules', () => {
    const table = (rest: string) => () => read(`${EXECUTE_SQL} 00 00 f3 ${rest}`)
    assert.throws(table(`01 6100 00 00 ffff 00 00`), { number: 8047 })
    assert.throws(table('00 00 00 0000 00 00'), { number: 8050 })
    assert.throws(table('00 00 00 0104 00 00'), { number: 8050 })
    assert.throws(table('00 00 00 0100 00000000 0000 77 00'), {
      number: 8032,
      message: /Table-valued parameter 1 \(""\), row 0, column 1: Data type 0x77 is unknown/,
    })
    const column = '0100 00000000 0000 26 04 00'
    assert.throws(table(`00 00 00 ${column} 12 00`), { number: 8029 })
    assert.throws(table(`00 00 00 ${column} 10 0000 10 0000 00 00`), { number: 8056 })
    assert.throws(table(`00 00 00 ${column} 11 0100 0200 00 00`), { number: 8029 })
    assert.throws(table(`00 00 00 ${column} 00 02`), { number: 8029 })
    assert.throws(table(`00 00 00 ${column} 00 01 02 0000 00`), {
      number: 8037,
      message: /row 1, column 1/,
    })
    assert.throws(table(`00 00 00 ${column} 00 01 04 01`), { number: 4002 })
  })

  it('bounds the memory of a table whose rows have hardly a byte', () => {
    const head = hex(`${EXECUTE_SQL} 00 00 f3 00 00 00 0100 00000000 0002 38 00 00`)
    const rows = Buffer.alloc(9_000_000, 1)
    assert.throws(() => [...readRpcRequest(Buffer.concat([ALL_HEADERS, head, rows]), TDS_7_4)], {
      number: 701,
    })
  })

  it('does no harm with bytes changed at random', () => {
    const table = `f3 00 00 00 0200 00000000 0000 26 04 00 00000000 0000 e7 1400 ${COLLATION} 00 00 01 04 2a000000 0200 6100 00`
    const variant = '62 49 1f 00 00 06 00 00 00 38 00 01 00 00 00'
    const whole = hex(
      `${EXECUTE_SQL} 00 00 ${table} 00 00 ${variant} 00 00 6a 11 12 02 09 01 0000000000000001`,
    )
    let seed = 7
    const random = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      return seed % below
    }
    for (let round = 0; round < 20_000; round++) {
      const bytes = Buffer.from(whole)
      for (let count = 1 + random(4); count > 0; count--) bytes[random(bytes.length)] = random(256)
      try {
        for (const _ of readRpcRequest(Buffer.concat([ALL_HEADERS, bytes]), TDS_7_4));
      } catch (error) {
        assert.ok(error instanceof SqlError, `${bytes.toString('hex')}: ${error}`)
      }
    }
  })

  it('refuses a request that is cut off anywhere', () => {
    const body = hex(
      `${EXECUTE_SQL} 00 00 e7 1400 ${COLLATION} 0400 61006200 00 00 6a 11 12 02 09 01 0000000000000001`,
    )
    const whole = Buffer.concat([ALL_HEADERS, body])
    const ends = new Set([ALL_HEADERS.length, ALL_HEADERS.length + 6, ALL_HEADERS.length + 22])
    for (let length = 0; length < whole.length; length++) {
      if (ends.has(length)) continue
      assert.throws(() => [...readRpcRequest(whole.subarray(0, length), TDS_7_4)], { number: 4002 })
    }
  })
})
