import { SA_SID } from '../../instance/logins.ts'
import { toSqlTime } from '../../instance/sql-time.ts'
import { type CatalogView, catalogView } from '../catalog-view.ts'
import { paddedType } from '../object-types.ts'
import { collationNameOrNull, typesOf } from '../system-types.ts'
import { userColumns } from './columns.ts'
import { userIndexes } from './indexes.ts'
import { objectsOf } from './objects.ts'

const STATUS_ONLINE = 0x10000

/** The views that SQL Server 2000's system tables became; also found as dbo.sysobjects and so on. */
export const COMPATIBILITY_VIEWS: readonly CatalogView[] = [
  catalogView(
    'sys.sysobjects',
    `name sysname
    id int
    xtype char(2)
    uid smallint ?
    info smallint ?
    status int ?
    base_schema_ver int ?
    replinfo int ?
    parent_obj int
    crdate datetime
    ftcatid smallint ?
    schema_ver int ?
    stats_schema_ver int ?
    type char(2) ?
    userstat smallint ?
    sysstat smallint ?
    indexdel smallint ?
    refdate datetime
    version int ?
    deltrig int ?
    instrig int ?
    updtrig int ?
    seltrig int ?
    category int ?
    cache smallint ?`,
    (context) =>
      objectsOf(context).map((object) => ({
        name: object.name,
        id: object.objectId,
        xtype: paddedType(object.type),
        uid: object.schemaId,
        info: 0,
        status: 0,
        base_schema_ver: 0,
        replinfo: 0,
        parent_obj: object.parentObjectId,
        crdate: object.createDate,
        ftcatid: 0,
        schema_ver: 0,
        stats_schema_ver: 0,
        type: paddedType(oldType(object.type)),
        userstat: object.type === 'U' ? 1 : 0,
        refdate: object.createDate,
        category: object.isMsShipped ? 2 : 0,
      })),
  ),
  catalogView(
    'sys.syscolumns',
    `name sysname ?
    id int
    xtype tinyint
    typestat tinyint ?
    xusertype smallint ?
    length smallint
    xprec tinyint
    xscale tinyint
    colid smallint ?
    xoffset smallint ?
    bitpos tinyint ?
    reserved tinyint ?
    colstat smallint ?
    cdefault int
    domain int
    number smallint ?
    colorder smallint ?
    autoval varbinary(8000) ?
    offset smallint ?
    collationid int ?
    language int ?
    status tinyint ?
    type tinyint
    usertype smallint ?
    printfmt varchar(255) ?
    prec smallint ?
    scale int ?
    iscomputed int ?
    isoutparam int ?
    isnullable int ?
    collation sysname ?
    tdscollation binary(5) ?`,
    function* (context) {
      for (const { object, column } of userColumns(context)) {
        const { type } = column
        const isUnicode = type.name === 'nchar' || type.name === 'nvarchar'
        const characters = isUnicode ? type.maxLength / 2 : type.maxLength
        yield {
          name: column.name,
          id: object.objectId,
          xtype: column.systemTypeId,
          typestat: column.isNullable ? 0 : 1,
          xusertype: column.userTypeId,
          length: type.maxLength,
          xprec: type.precision,
          xscale: type.scale,
          colid: column.columnId,
          colstat: (column.identity === undefined ? 0 : 1) | (column.isComputed ? 4 : 0),
          cdefault: column.defaultObjectId,
          number: 0,
          colorder: column.columnId,
          collationid: type.collationId | 0,
          status: (column.isNullable ? 8 : 0) | (column.identity === undefined ? 0 : 0x80),
          type: column.systemTypeId,
          usertype: column.userTypeId,
          prec: type.precision === 0 ? characters : type.precision,
          scale: type.precision === 0 ? null : type.scale,
          iscomputed: Number(column.isComputed),
          isoutparam: 0,
          isnullable: Number(column.isNullable),
          collation: collationNameOrNull(type.collationId),
        }
      }
    },
  ),
  catalogView(
    'sys.sysindexes',
    `id int
    status int ?
    first binary(6) ?
    indid smallint ?
    root binary(6) ?
    minlen smallint ?
    keycnt smallint ?
    groupid smallint ?
    dpages int ?
    reserved int ?
    used int ?
    rowcnt bigint ?
    rowmodctr int ?
    xmaxlen smallint ?
    maxirow smallint ?
    OrigFillFactor tinyint ?
    reserved2 int ?
    FirstIAM binary(6) ?
    impid smallint ?
    lockflags smallint ?
    pgmodctr int ?
    keys varbinary(1088) ?
    name sysname ?
    statblob image ?
    maxlen int ?
    rows int ?`,
    function* (context) {
      const { catalog } = context.database.content
      for (const { object, index } of userIndexes(context)) {
        const rowCount = catalog.rowCount(object.objectId)
        const { dataPages, reservedPages, usedPages } = catalog.allocation(object.objectId)
        yield {
          id: object.objectId,
          status: (index.isUnique ? 2 : 0) | (index.isPrimaryKey ? 0x800 : 0),
          indid: smallintOrNull(index.indexId),
          keycnt: index.columns.filter(({ isIncluded }) => !isIncluded).length,
          groupid: smallintOrNull(index.dataSpaceId),
          dpages: index.indexId <= 1 ? dataPages : 0,
          reserved: index.indexId <= 1 ? reservedPages : 0,
          used: index.indexId <= 1 ? usedPages : 0,
          rowcnt: BigInt(rowCount),
          rowmodctr: 0,
          OrigFillFactor: index.fillFactor,
          name: index.name || null,
          rows: rowCount,
        }
      }
    },
  ),
  catalogView(
    'sys.sysusers',
    `uid smallint ?
    status smallint ?
    name sysname
    sid varbinary(85) ?
    roles varbinary(2048) ?
    createdate datetime
    updatedate datetime
    altuid smallint ?
    password varbinary(256) ?
    gid smallint ?
    environ varchar(255) ?
    hasdbaccess int ?
    islogin int ?
    isntname int ?
    isntgroup int ?
    isntuser int ?
    issqluser int ?
    isaliased int ?
    issqlrole int ?
    isapprole int ?`,
    ({ database }) =>
      database.content.catalog.principals.map(({ principalId, name, type, sid, ...dates }) => ({
        uid: smallintOrNull(principalId),
        status: 0,
        name,
        sid,
        createdate: dates.createDate,
        updatedate: dates.modifyDate,
        gid: type === 'R' ? smallintOrNull(principalId) : 0,
        hasdbaccess: Number(type === 'S' && name === 'dbo'),
        islogin: Number(type !== 'R' && type !== 'A'),
        isntname: Number(type === 'U' || type === 'G'),
        isntgroup: Number(type === 'G'),
        isntuser: Number(type === 'U'),
        issqluser: Number(type === 'S'),
        isaliased: 0,
        issqlrole: Number(type === 'R'),
        isapprole: Number(type === 'A'),
      })),
  ),
  catalogView(
    'sys.systypes',
    `name sysname
    xtype tinyint
    status tinyint ?
    xusertype smallint ?
    length smallint
    xprec tinyint
    xscale tinyint
    tdefault int
    domain int
    uid smallint ?
    reserved smallint ?
    collationid int ?
    usertype smallint ?
    variable bit ?
    allownulls bit ?
    type tinyint
    printfmt varchar(255) ?
    prec smallint ?
    scale tinyint ?
    collation sysname ?`,
    ({ database }) =>
      typesOf(database.content.catalog).map((type) => ({
        name: type.name,
        xtype: type.systemTypeId,
        status: 0,
        xusertype: type.userTypeId,
        length: type.maxLength,
        xprec: type.precision,
        xscale: type.scale,
        uid: type.schemaId,
        usertype: type.userTypeId,
        variable: /^(?:n?varchar|varbinary|sysname)$/.test(type.name),
        allownulls: type.isNullable,
        type: type.systemTypeId,
        prec: type.precision === 0 ? type.maxLength : type.precision,
        scale: type.precision === 0 ? null : type.scale,
        collation: type.hasCollation
          ? collationNameOrNull(database.content.settings.collationId)
          : null,
      })),
  ),
  catalogView(
    'sys.sysdatabases',
    `name sysname
    dbid smallint ?
    sid varbinary(85) ?
    mode smallint ?
    status int ?
    status2 int ?
    crdate datetime
    reserved datetime ?
    category int ?
    cmptlevel tinyint
    filename nvarchar(260) ?
    version smallint ?`,
    ({ instance }) =>
      instance.databases.list().map((database) => ({
        name: database.name,
        dbid: database.id,
        sid: SA_SID,
        mode: 0,
        status: database.state === 'ONLINE' ? STATUS_ONLINE : 0x200,
        status2: 0,
        crdate: toSqlTime(database.attachedAt),
        category: 0,
        cmptlevel: database.openContent?.settings.compatibilityLevel ?? 0,
        filename: database.files[0] ?? null,
        version: database.openContent?.settings.internalVersion ?? 0,
      })),
  ),
]

/** Ids grew beyond what these views can show. */
function smallintOrNull(id: number): number | null {
  return id > 0x7fff ? null : id
}

/** sysobjects.type of SQL Server 2000, where constraints had one letter. */
function oldType(type: string): string {
  return type === 'PK' || type === 'UQ' ? 'K' : type
}
