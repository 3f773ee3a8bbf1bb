import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ExecutionHost } from '../../../../../src/sandbox/tsql/host.ts'
import { callFunction, withHost } from './call-function.ts'

const DOCUMENT = `'{"a": {"b": [1, 2.50, "x\\/y"]}, "c": null, "d": true}'`

const CALLS: readonly (readonly [call: string, text: string, type?: string])[] = [
  ["ISNUMERIC('12.5')", '1'],
  ["ISNUMERIC('1e5')", '1'],
  ["ISNUMERIC('$1,000')", '1'],
  ["ISNUMERIC('-')", '1'],
  ["ISNUMERIC('abc')", '0'],
  ["ISNUMERIC('')", '0'],
  ['ISNUMERIC(NULL)', '0'],
  ['ISNUMERIC(12)', '1'],
  ["HASHBYTES('MD5', 'abc')", '0x900150983CD24FB0D6963F7D28E17F72', 'varbinary(8000)'],
  [
    "HASHBYTES('SHA2_256', 'abc')",
    '0xBA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD',
  ],
  ["HASHBYTES('MD5', N'a')", '0x4144E195F46DE78A3623DA7364D04F11'],
  ["HASHBYTES('nonsense', 'a')", 'NULL'],
  ["CHOOSE(2, 'a', 'bcd')", 'bcd', 'varchar(3)'],
  ["CHOOSE(3, 'a', 'b')", 'NULL'],
  ['GREATEST(1, 3.5, 2)', '3.5'],
  ["LEAST('b', 'A', NULL)", 'A'],
  ['GREATEST(NULL, NULL)', 'NULL'],
  ["SQL_VARIANT_PROPERTY(1.50, 'BaseType')", 'numeric'],
  ["SQL_VARIANT_PROPERTY(1.50, 'Precision')", '3'],
  ["SQL_VARIANT_PROPERTY(N'abc', 'MaxLength')", '6'],
  ['CHECKSUM(5)', '5'],
  ["PARSENAME('s.d.[o.x].t', 2)", 'o.x'],
  ["PARSENAME('t', 2)", 'NULL'],
  [`ISJSON(${DOCUMENT})`, '1'],
  ["ISJSON('{')", '0'],
  ["ISJSON('1')", '0'],
  [`JSON_VALUE(${DOCUMENT}, '$.a.b[1]')`, '2.50', 'nvarchar(4000)'],
  [`JSON_VALUE(${DOCUMENT}, '$.a.b[2]')`, 'x/y'],
  [`JSON_VALUE(${DOCUMENT}, '$.a')`, 'NULL'],
  [`JSON_VALUE(${DOCUMENT}, '$.d')`, 'true'],
  [`JSON_VALUE(${DOCUMENT}, '$.missing')`, 'NULL'],
  [`JSON_QUERY(${DOCUMENT}, '$.a.b')`, '[1, 2.50, "x\\/y"]', 'nvarchar(max)'],
  [`JSON_QUERY(${DOCUMENT}, '$.d')`, 'NULL'],
  [`JSON_MODIFY('{"a":1,"b":2}', '$.a', 'x')`, '{"a":"x","b":2}'],
  [`JSON_MODIFY('{"a":1,"b":2}', '$.c', 3)`, '{"a":1,"b":2,"c":3}'],
  [`JSON_MODIFY('{"a":1,"b":2}', '$.b', NULL)`, '{"a":1}'],
  [`JSON_MODIFY('{"a":1,"b":2}', '$.a', NULL)`, '{"b":2}'],
  [`JSON_MODIFY('{"a":1,"b":2}', 'strict $.a', NULL)`, '{"a":null,"b":2}'],
  [`JSON_MODIFY('{"a":[1]}', 'append $.a', 2)`, '{"a":[1,2]}'],
  ["FORMAT(1234567.891, 'N')", '1,234,567.89', 'nvarchar(4000)'],
  ["FORMAT(1234567.891, 'C', 'en-us')", '$1,234,567.89'],
  ["FORMAT(123456789, '###-##-####')", '123-45-6789'],
  ["FORMAT(0.1234, 'P1')", '12.3 %'],
  ["FORMAT(255, 'X')", 'FF'],
  ["FORMAT(5, 'D3')", '005'],
]

const ERRORS: readonly (readonly [call: string, number: number])[] = [
  ["JSON_VALUE('{', '$')", 13609],
  [`JSON_VALUE(${DOCUMENT}, 'x')`, 13607],
  [`JSON_VALUE(${DOCUMENT}, 'strict $.missing')`, 13608],
  [`JSON_VALUE(${DOCUMENT}, 'strict $.a')`, 13623],
  [`JSON_QUERY(${DOCUMENT}, 'strict $.d')`, 13624],
  ["FORMAT('x', 'N')", 8116],
  ["FORMAT(1, 'N', 'nowhere-at-all')", 9818],
]

describe('findScalarFunction: conversion, JSON and other functions', () => {
  for (const [call, text, type] of CALLS) {
    it(`${call} is ${text}`, () => {
      const result = callFunction(call)
      assert.equal(result.text, text)
      if (type !== undefined) assert.equal(result.type, type)
    })
  }

  for (const [call, number] of ERRORS) {
    it(`${call} is error ${number}`, () => {
      assert.throws(() => callFunction(call), { name: 'SqlError', number })
    })
  }

  it('NEWID is another uniqueidentifier each time', () => {
    const first = callFunction('NEWID()')
    assert.match(first.text, /^[\dA-F]{8}(?:-[\dA-F]{4}){3}-[\dA-F]{12}$/)
    assert.notEqual(callFunction('NEWID()').text, first.text)
  })
})

const HOST: Partial<ExecutionHost> = {
  databaseId: (name) => (name.toLowerCase() === 'northwind' ? 5 : undefined),
  databaseName: (id) => (id === 5 ? 'Northwind' : undefined),
  findObject: ({ schema, name }) =>
    name.toLowerCase() === 'order details' && (schema === '' || schema === 'dbo')
      ? { objectId: 99, schema: 'dbo', name: 'Order Details', type: 'U', parentObjectId: 0 }
      : undefined,
  findObjectById: (_database, objectId) =>
    objectId === 99
      ? { objectId: 99, schema: 'dbo', name: 'Order Details', type: 'U', parentObjectId: 0 }
      : undefined,
  schemaId: (_database, name) => (name === 'dbo' ? 1 : undefined),
  schemaName: (_database, id) => (id === 1 ? 'dbo' : undefined),
  serverProperty: (name) => (name.toLowerCase() === 'edition' ? 'Sandbox Edition' : undefined),
}

const HOST_CALLS: readonly (readonly [call: string, text: string])[] = [
  ['DB_NAME()', 'Northwind'],
  ['DB_NAME(6)', 'NULL'],
  ["DB_ID('NORTHWIND')", '5'],
  ["OBJECT_ID('dbo.[Order Details]')", '99'],
  ["OBJECT_ID('[Order Details]', 'U')", '99'],
  ["OBJECT_ID('[Order Details]', 'V')", 'NULL'],
  ["OBJECT_ID('nowhere.dbo.[Order Details]')", 'NULL'],
  ["OBJECT_ID('x.Orders')", 'NULL'],
  ['OBJECT_NAME(99)', 'Order Details'],
  ['OBJECT_SCHEMA_NAME(99)', 'dbo'],
  ["OBJECTPROPERTY(99, 'IsUserTable')", '1'],
  ["OBJECTPROPERTY(99, 'IsView')", '0'],
  ["OBJECTPROPERTY(99, 'nonsense')", 'NULL'],
  ['SCHEMA_NAME()', 'dbo'],
  ["SCHEMA_ID('dbo')", '1'],
  ["SERVERPROPERTY('Edition')", 'Sandbox Edition'],
  ["SERVERPROPERTY('nonsense')", 'NULL'],
  ['TYPE_NAME(56)', 'int'],
  ["TYPE_ID('sys.nvarchar')", '231'],
  ['SUSER_SNAME()', 'sa'],
  ['SUSER_SNAME(0x01)', 'sa'],
  ['USER_NAME(1)', 'dbo'],
  ["IS_SRVROLEMEMBER('sysadmin')", '1'],
  ["IS_MEMBER('nonsense')", 'NULL'],
  ["HAS_DBACCESS('Northwind')", '1'],
  ["HAS_DBACCESS('nowhere')", 'NULL'],
  ["COLLATIONPROPERTY('Latin1_General_CI_AS', 'CodePage')", '1252'],
  ["COLLATIONPROPERTY('Latin1_General_CI_AS', 'ComparisonStyle')", '196609'],
  ["COLLATIONPROPERTY('Latin1_General_100_CI_AS', 'Version')", '2'],
  ["COLLATIONPROPERTY('nonsense', 'LCID')", 'NULL'],
]

describe('findScalarFunction: functions of the host', () => {
  for (const [call, text] of HOST_CALLS) {
    it(`${call} is ${text}`, () => assert.equal(callFunction(call, withHost(HOST)).text, text))
  }
})
