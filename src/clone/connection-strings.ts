/** What a client needs to reach a database. */
export interface ConnectionTarget {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly password: string
}

/** The same connection in the four forms clients take. */
export interface ConnectionStrings {
  readonly adonet: string
  readonly jdbc: string
  readonly odbc: string
  readonly url: string
}

/** The connection strings of `target`; values are quoted as each form asks for. */
export function formatConnectionStrings(target: ConnectionTarget): ConnectionStrings {
  return {
    adonet: formatAdoNet(target),
    jdbc: formatJdbc(target),
    odbc: formatOdbc(target),
    url: formatUrl(target),
  }
}

function formatAdoNet({ host, port, database, user, password }: ConnectionTarget): string {
  return [
    `Server=${quoteAdoNet(`${host},${port}`)}`,
    `Database=${quoteAdoNet(database)}`,
    `User Id=${quoteAdoNet(user)}`,
    `Password=${quoteAdoNet(password)}`,
    'Encrypt=True',
    'TrustServerCertificate=True',
  ].join(';')
}

/** https://learn.microsoft.com/dotnet/api/system.data.common.dbconnectionstringbuilder */
function quoteAdoNet(value: string): string {
  return /[;'"=]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}

/** https://learn.microsoft.com/sql/connect/jdbc/building-the-connection-url */
function formatJdbc({ host, port, database, user, password }: ConnectionTarget): string {
  // An IPv6 address has no place before the colon of the port, only as a property.
  const server = host.includes(':')
    ? `jdbc:sqlserver://;serverName=${host};portNumber=${port}`
    : `jdbc:sqlserver://${host}:${port}`
  return [
    server,
    `databaseName=${quoteJdbc(database)}`,
    `user=${quoteJdbc(user)}`,
    `password=${quoteJdbc(password)}`,
    'encrypt=true',
    'trustServerCertificate=true',
  ].join(';')
}

function quoteJdbc(value: string): string {
  return /[;{}]|^\s|\s$/.test(value) ? `{${value.replaceAll('}', '}}')}}` : value
}

function formatOdbc({ host, port, database, user, password }: ConnectionTarget): string {
  return [
    'Driver={ODBC Driver 18 for SQL Server}',
    `Server=${host},${port}`,
    `Database=${quoteOdbc(database)}`,
    `Uid=${quoteOdbc(user)}`,
    `Pwd=${quoteOdbc(password)}`,
    'TrustServerCertificate=yes',
  ].join(';')
}

/** https://learn.microsoft.com/openspecs/sql_server_protocols/ms-odbcstr, section 2.1 */
function quoteOdbc(value: string): string {
  return /[[\]{}(),;?*=!@]|^\s|\s$/.test(value) ? `{${value.replaceAll('}', '}}')}}` : value
}

function formatUrl({ host, port, database, user, password }: ConnectionTarget): string {
  const address = host.includes(':') ? `[${host}]` : host
  const [name, secret, path] = [user, password, database].map(percentEncode)
  return `mssql://${name}:${secret}@${address}:${port}/${path}?encrypt=true&trustServerCertificate=true`
}

/** Everything but the unreserved characters of RFC 3986, section 2.3. */
function percentEncode(value: string): string {
  return encodeURIComponent(value).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
