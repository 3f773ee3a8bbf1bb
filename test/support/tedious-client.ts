import { Connection, Request } from 'tedious'
import { SA_PASSWORD } from './sandbox-engine.ts'

/** One connection as sa, without a pool around it. */
export async function connectTedious(port: number): Promise<Connection> {
  const connection = new Connection({
    server: '127.0.0.1',
    authentication: { type: 'default', options: { userName: 'sa', password: SA_PASSWORD } },
    options: { port, encrypt: false, trustServerCertificate: true },
  })
  connection.on('error', () => {})
  await new Promise<void>((resolve, reject) => {
    connection.connect((error) => (error ? reject(error) : resolve()))
  })
  return connection
}

/** The rows of a batch. */
export function runTedious(connection: Connection, text: string): Promise<unknown[][]> {
  return new Promise((resolve, reject) => {
    const rows: unknown[][] = []
    const request = new Request(text, (error) => (error ? reject(error) : resolve(rows)))
    request.on('row', (cells: { value: unknown }[]) => rows.push(cells.map(({ value }) => value)))
    connection.execSqlBatch(request)
  })
}
