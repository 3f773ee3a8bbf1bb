import { arch, release, type } from 'node:os'
import { collationName, type SqlValue } from '../../../mdf/index.ts'

/** The SQL Server release whose behaviour is kept: SQL Server 2022 RTM. */
export const SERVER_VERSION = { major: 16, minor: 0, build: 1000 } as const
/** The file version of its system databases, that of SQL Server 2022. */
export const DATABASE_VERSION = 957
/** The newest file version it attaches: that of SQL Server 2025. */
export const NEWEST_DATABASE_VERSION = 998

const PRODUCT_VERSION = `${SERVER_VERSION.major}.${SERVER_VERSION.minor}.${SERVER_VERSION.build}.6`
const EDITION = 'Slipway Sandbox Edition (64-bit)'
/** SERVERPROPERTY('EngineEdition') of MSSQL_PID; 3 is the one without limits, as Developer has. */
const ENGINE_EDITIONS: Readonly<Record<string, number>> = { Express: 4, Standard: 2, Web: 2 }
const UNLIMITED_EDITION = 3
/** EditionID of Developer; the sandbox, like it, is not licensed for production. */
const EDITION_ID = -2_117_995_310n

/**
 * @@VERSION: says at once what this is, and keeps the parts that tools look for: "Microsoft SQL Server
 * 2022", " - " and the four-part version number.
 */
export function versionText(): string {
  const processor = arch() === 'x64' ? 'X64' : arch().toUpperCase()
  return (
    `Microsoft SQL Server 2022 (Slipway sandbox engine) - ${PRODUCT_VERSION} (${processor}) \n` +
    '\tCompatible with Microsoft SQL Server 2022; not a product of Microsoft and not for production\n' +
    `\t${EDITION} on ${type()} ${release()}\n`
  )
}

/** @@MICROSOFTVERSION: major version in the high byte, build number in the low word. */
export function microsoftVersion(): number {
  return SERVER_VERSION.major * 0x100_0000 + SERVER_VERSION.build
}

/** SERVERPROPERTY's answers, by upper-case name; a name that is not here is NULL. */
export function serverProperties(server: {
  readonly name: string
  readonly edition: string
  readonly collationId: number
  readonly languageId: number
  readonly dataFolder: string
  readonly errorLogFile: string
}): ReadonlyMap<string, SqlValue> {
  const properties: Readonly<Record<string, SqlValue>> = {
    BuildClrVersion: 'v4.0.30319',
    Collation: collationName(server.collationId) ?? null,
    CollationID: server.collationId,
    ComparisonStyle: 196609,
    ComputerNamePhysicalNetBIOS: server.name,
    Edition: EDITION,
    EditionID: EDITION_ID,
    EngineEdition: ENGINE_EDITIONS[server.edition] ?? UNLIMITED_EDITION,
    ErrorLogFileName: server.errorLogFile,
    FilestreamConfiguredLevel: 0,
    FilestreamEffectiveLevel: 0,
    FilestreamShareName: null,
    HadrManagerStatus: 0,
    InstanceDefaultBackupPath: server.dataFolder,
    InstanceDefaultDataPath: withSeparator(server.dataFolder),
    InstanceDefaultLogPath: withSeparator(server.dataFolder),
    InstanceName: null,
    IsAdvancedAnalyticsInstalled: 0,
    IsBigDataCluster: 0,
    IsClustered: 0,
    IsExternalAuthenticationOnly: 0,
    IsExternalGovernanceEnabled: 0,
    IsFullTextInstalled: 0,
    IsHadrEnabled: 0,
    IsIntegratedSecurityOnly: 0,
    IsLocalDB: 0,
    IsPolyBaseInstalled: 0,
    IsServerSuspendedForSnapshotBackup: 0,
    IsSingleUser: 0,
    IsTempDbMetadataMemoryOptimized: 0,
    IsXTPSupported: 0,
    LCID: server.languageId,
    LicenseType: 'DISABLED',
    MachineName: server.name,
    NumLicenses: null,
    PathSeparator: '/',
    ProcessID: process.pid,
    ProductBuild: String(SERVER_VERSION.build),
    ProductBuildType: null,
    ProductLevel: 'RTM',
    ProductMajorVersion: String(SERVER_VERSION.major),
    ProductMinorVersion: String(SERVER_VERSION.minor),
    ProductUpdateLevel: null,
    ProductUpdateReference: null,
    ProductUpdateType: null,
    ProductVersion: PRODUCT_VERSION,
    ResourceVersion: PRODUCT_VERSION,
    ServerName: server.name,
    SqlCharSet: 1,
    SqlCharSetName: 'iso_1',
    SqlSortOrder: 52,
    SqlSortOrderName: 'nocase_iso',
    SuspendedDatabaseCount: 0,
  }
  return new Map(Object.entries(properties).map(([name, value]) => [name.toUpperCase(), value]))
}

function withSeparator(folder: string): string {
  return folder.endsWith('/') ? folder : `${folder}/`
}
