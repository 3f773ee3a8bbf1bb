import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { formatConnectionStrings } from '../../../src/clone/index.ts'

const PLAIN = {
  host: '127.0.0.1',
  port: 15_000,
  database: 'Northwind',
  user: 'sa',
  password: 'Abc-1.x_9',
}

describe('formatConnectionStrings', () => {
  it('writes plain values as they are', () => {
    assert.deepEqual(formatConnectionStrings(PLAIN), {
      adonet:
        'Server=127.0.0.1,15000;Database=Northwind;User Id=sa;Password=Abc-1.x_9;Encrypt=True;TrustServerCertificate=True',
      jdbc: 'jdbc:sqlserver://127.0.0.1:15000;databaseName=Northwind;user=sa;password=Abc-1.x_9;encrypt=true;trustServerCertificate=true',
      odbc: 'Driver={ODBC Driver 18 for SQL Server};Server=127.0.0.1,15000;Database=Northwind;Uid=sa;Pwd=Abc-1.x_9;TrustServerCertificate=yes',
      url: 'mssql://sa:Abc-1.x_9@127.0.0.1:15000/Northwind?encrypt=true&trustServerCertificate=true',
    })
  })

  it('quotes what would end a value, as each form asks for', () => {
    const { adonet, jdbc, odbc, url } = formatConnectionStrings({
      ...PLAIN,
      database: 'a;b"c}d/e f',
      password: `x'y`,
    })
    assert.match(adonet, /;Database="a;b""c}d\/e f";User Id=sa;Password="x'y";/)
    assert.match(jdbc, /;databaseName={a;b"c}}d\/e f};user=sa;password=x'y;/)
    assert.match(odbc, /;Database={a;b"c}}d\/e f};Uid=sa;Pwd=x'y;/)
    assert.match(url, /:x%27y@127\.0\.0\.1:15000\/a%3Bb%22c%7Dd%2Fe%20f\?/)
  })

  it('gives a URL that parses back to its values', () => {
    const target = { ...PLAIN, database: 'Größe 1/2?#', password: `p@:/?#[]%!*'` }
    const url = new URL(formatConnectionStrings(target).url)
    assert.equal(decodeURIComponent(url.pathname.slice(1)), target.database)
    assert.equal(decodeURIComponent(url.password), target.password)
    assert.equal(url.host, '127.0.0.1:15000')
  })

  it('puts an IPv6 address where each form takes one', () => {
    const { adonet, jdbc, url } = formatConnectionStrings({ ...PLAIN, host: '::1' })
    assert.match(adonet, /^Server=::1,15000;/)
    assert.match(jdbc, /^jdbc:sqlserver:\/\/;serverName=::1;portNumber=15000;/)
    assert.match(url, /@\[::1\]:15000\//)
  })
})
