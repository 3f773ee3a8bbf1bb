import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseBatch, type Statement } from '../../../../../src/sandbox/tsql/syntax/index.ts'

const SET = 'set-option'

/** What clients send on their own when they connect, and the statements it must be read as. */
const BATCHES: Readonly<
  Record<string, readonly [text: string, kinds: readonly Statement['kind'][]]>
> = {
  'tedious, on connecting': [
    `set ansi_nulls on
set ansi_null_dflt_on on
set ansi_padding on
set ansi_warnings on
set arithabort on
set concat_null_yields_null on
set cursor_close_on_commit off
set datefirst 7
set dateformat mdy
set implicit_transactions off
set language us_english
set numeric_roundabort off
set quoted_identifier on
set textsize 2147483647
set transaction isolation level read committed
set xact_abort off`,
    Array<Statement['kind']>(16).fill(SET),
  ],
  'mssql, a batch with parameters': [
    "declare @a int, @b nvarchar(max);select @a = 5, @b = N'x';select @a;select 1 as [___return___], @b as [b]",
    ['declare', 'select-statement', 'select-statement', 'select-statement'],
  ],
  'jTDS, on connecting': [
    'SELECT @@MAX_PRECISION\r\nSET TRANSACTION ISOLATION LEVEL READ COMMITTED\r\nSET IMPLICIT_TRANSACTIONS OFF\r\nSET QUOTED_IDENTIFIER ON\r\nSET TEXTSIZE 2147483647',
    ['select-statement', SET, SET, SET, SET],
  ],
  'jTDS, on closing a transaction': ['IF @@TRANCOUNT > 0 ROLLBACK TRAN', ['if']],
  "Microsoft's JDBC driver, a transaction": [
    'set implicit_transactions on if @@trancount > 0 commit tran',
    [SET, 'if'],
  ],
  'pymssql, on connecting': [
    'SET ARITHABORT ON;SET CONCAT_NULL_YIELDS_NULL ON;SET ANSI_NULLS ON;SET ANSI_NULL_DFLT_ON ON;SET ANSI_PADDING ON;SET ANSI_WARNINGS ON;SET CURSOR_CLOSE_ON_COMMIT ON;SET QUOTED_IDENTIFIER ON;SET TEXTSIZE 2147483647;',
    Array<Statement['kind']>(9).fill(SET),
  ],
  'DB-Library, a limit and a database': ['set rowcount 0 use [Northwind]', [SET, 'use']],
  'ODBC, asking for columns only': [
    'SET FMTONLY ON SELECT * FROM t SET FMTONLY OFF SET NO_BROWSETABLE ON',
    [SET, 'select-statement', SET, SET],
  ],
  'SSMS, a query window': [
    'SET ROWCOUNT 0 SET TEXTSIZE 2147483647 SET NOCOUNT OFF SET CONCAT_NULL_YIELDS_NULL ON SET ARITHABORT ON SET LOCK_TIMEOUT -1 SET QUERY_GOVERNOR_COST_LIMIT 0 SET DEADLOCK_PRIORITY NORMAL SET TRANSACTION ISOLATION LEVEL READ COMMITTED SET ANSI_NULLS ON SET ANSI_NULL_DFLT_ON ON SET ANSI_PADDING ON SET ANSI_WARNINGS ON SET CURSOR_CLOSE_ON_COMMIT OFF SET IMPLICIT_TRANSACTIONS OFF SET QUOTED_IDENTIFIER ON SET NOEXEC, PARSEONLY, FMTONLY OFF',
    Array<Statement['kind']>(17).fill(SET),
  ],
  'SSMS and SMO, on connecting': [
    `DECLARE @edition sysname;
SET @edition = cast(SERVERPROPERTY(N'EDITION') as sysname);
SELECT case when @edition = N'SQL Azure' then 2 else 1 end as 'DatabaseEngineType',
SERVERPROPERTY('EngineEdition') AS DatabaseEngineEdition,
SERVERPROPERTY('ProductVersion') AS ProductVersion,
@@MICROSOFTVERSION AS MicrosoftVersion,
convert(sysname, SERVERPROPERTY(N'Collation')) AS Collation;
select host_platform from sys.dm_os_host_info
if @edition = N'SQL Azure'
  select 'TCP' as ConnectionProtocol
else
  exec ('select CONVERT(nvarchar(40),CONNECTIONPROPERTY(''net_transport'')) as ConnectionProtocol')`,
    ['declare', 'set-variable', 'select-statement', 'select-statement', 'if'],
  ],
  'Object Explorer, the list of databases': [
    `SELECT dtb.name AS [Name], dtb.database_id AS [ID], CAST(has_dbaccess(dtb.name) AS bit) AS [IsAccessible]
FROM master.sys.databases AS dtb WHERE (CAST(case when dtb.name in ('master','model','msdb','tempdb')
then 1 else dtb.is_distributor end AS bit)=0) ORDER BY [Name] ASC`,
    ['select-statement'],
  ],
}

describe('parseBatch on what clients send', () => {
  for (const [client, [text, kinds]] of Object.entries(BATCHES)) {
    it(`reads ${client}`, () => {
      const { statements } = parseBatch(text, { quotedIdentifier: true })
      assert.deepEqual(
        statements.map(({ kind }) => kind),
        kinds,
      )
    })
  }
})
