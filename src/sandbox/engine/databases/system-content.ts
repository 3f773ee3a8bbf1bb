import { SqlDateTime } from '../../../mdf/index.ts'
import { SA_SID } from '../instance/logins.ts'
import { DATABASE_VERSION } from '../instance/server-identity.ts'
import { MemoryDatabase } from '../tempdb/memory-database.ts'

/** Ids of the databases every instance has. */
export const SYSTEM_DATABASES = { master: 1, tempdb: 2, model: 3, msdb: 4 } as const
export type SystemDatabaseName = keyof typeof SYSTEM_DATABASES

const COMPATIBILITY_LEVEL = 160
/** 2003-04-08, the creation date SQL Server's own master, model and msdb carry. */
const CREATE_DATE = new SqlDateTime(731_312, 0)
const SCHEMAS = [
  { schemaId: 1, name: 'dbo', principalId: 1 },
  { schemaId: 2, name: 'guest', principalId: 2 },
  { schemaId: 3, name: 'INFORMATION_SCHEMA', principalId: 3 },
  { schemaId: 4, name: 'sys', principalId: 4 },
] as const
const PRINCIPALS = [
  { principalId: 0, name: 'public', type: 'R', sid: new Uint8Array(0), defaultSchema: '' },
  { principalId: 1, name: 'dbo', type: 'S', sid: SA_SID, defaultSchema: 'dbo' },
  { principalId: 2, name: 'guest', type: 'S', sid: new Uint8Array(0), defaultSchema: 'guest' },
  {
    principalId: 3,
    name: 'INFORMATION_SCHEMA',
    type: 'S',
    sid: new Uint8Array(0),
    defaultSchema: '',
  },
  { principalId: 4, name: 'sys', type: 'S', sid: new Uint8Array(0), defaultSchema: '' },
].map((principal) => ({ ...principal, createDate: CREATE_DATE, modifyDate: CREATE_DATE }))

/** A system database, kept in memory: what is made in it ends with the process. */
export function systemContent(
  name: SystemDatabaseName,
  server: { readonly collationId: number; readonly startedAt: SqlDateTime },
): MemoryDatabase {
  return new MemoryDatabase({
    name,
    settings: {
      collationId: server.collationId,
      compatibilityLevel: COMPATIBILITY_LEVEL,
      recoveryModel: name === 'model' ? 'FULL' : 'SIMPLE',
      pageVerify: 'CHECKSUM',
      isAutoClose: false,
      isAutoShrink: false,
      internalVersion: DATABASE_VERSION,
      createDate: name === 'tempdb' ? server.startedAt : CREATE_DATE,
    },
    schemas: SCHEMAS,
    principals: PRINCIPALS,
  })
}
