/**
 * The system base tables of SQL Server 2019 (internal version 904), as that version's files describe
 * them: object id and name; columns with their types, `?` when they can be NULL, `@` before a collation
 * that is not the database's; after a colon indexes, the clustered one first, `repeating` when they are
 * not unique. A table without an index is a heap.
 */
export const BASE_TABLE_TEXT = `
3 sysrscols
  rsid bigint, rscolid int, hbcolid int, rcmodified bigint, ti int, cid int, ordkey smallint,
  maxinrowlen smallint, status int, offset int, nullbit int, bitpos smallint,
  colguid varbinary(16)?
  : clst(rsid, hbcolid)
5 sysrowsets
  rowsetid bigint, ownertype tinyint, idmajor int, idminor int, numpart int, status int,
  fgidfs smallint, rcrows bigint, cmprlevel tinyint, fillfact tinyint, maxnullbit smallint,
  maxleaf int, maxint smallint, minleaf smallint, minint smallint, rsguid varbinary(16)?,
  lockres varbinary(8)?, scope_id int?
  : clust(rowsetid)
6 sysclones
  id int, subid int, partid int, version int, segid int, cloneid int, rowsetid bigint,
  dbfragid int, status int
  : clst(id, subid, partid, version, segid, cloneid)
7 sysallocunits
  auid bigint, type tinyint, ownerid bigint, status int, fgid smallint, pgfirst binary(6),
  pgroot binary(6), pgfirstiam binary(6), pcused bigint, pcdata bigint, pcreserved bigint
  : clust(auid); nc(ownerid, type, auid)
8 sysfiles1
  status int, fileid smallint, name nchar(128), filename nchar(260)
9 sysseobjvalues
  valclass tinyint, id bigint, subid bigint, valnum int, value sql_variant?,
  imageval varbinary(max)?
  : clst(valclass, id, subid, valnum)
17 syspriorities
  priority_id int, name sysname, service_contract_id int?, local_service_id int?,
  remote_service_name nvarchar(256)?, priority tinyint
  : cl(priority_id); nc(service_contract_id, local_service_id, remote_service_name) with priority;
  : nc2(name)
18 sysdbfrag
  dbid int, fragid int, name sysname, brickid int, pruid int, status int
  : cl(dbid, fragid); nc1(dbid, brickid, pruid)
19 sysfgfrag
  fgid int, fgfragid int, dbfragid int, phfgid int, status int
  : cl(fgid, fgfragid, dbfragid, phfgid)
20 sysdbfiles
  dbfragid int, fileid int, fileguid uniqueidentifier, pname nvarchar(260)?
  : clst(dbfragid, fileid)
21 syspru
  brickid int, dbid int, pruid int, fragid int, status int
  : cl(dbid, pruid)
22 sysbrickfiles
  brickid int, dbid int, pruid int, fileid int, grpid int, status int, filetype tinyint,
  filestate tinyint, size int, maxsize int, growth int, lname sysname, pname nvarchar(260),
  createlsn binary(10)?, droplsn binary(10)?, fileguid uniqueidentifier?, internalstatus int,
  readonlylsn binary(10)?, readwritelsn binary(10)?, readonlybaselsn binary(10)?,
  firstupdatelsn binary(10)?, lastupdatelsn binary(10)?, backuplsn binary(10)?,
  diffbaselsn binary(10)?, diffbaseguid uniqueidentifier?, diffbasetime datetime,
  diffbaseseclsn binary(10)?, redostartlsn binary(10)?, redotargetlsn binary(10)?,
  forkguid uniqueidentifier?, forklsn binary(10)?, forkvc bigint,
  redostartforkguid uniqueidentifier?
  : clst(dbid, pruid, fileid)
23 sysphfg
  dbfragid int, phfgid int, fgid int, type char(2)@4104, fgguid uniqueidentifier?, lgfgid int?,
  status int, name sysname
  : cl(phfgid)
24 sysprufiles
  dbfragid int, fileid int, grpid int, status int, filetype tinyint, filestate tinyint, size int,
  maxsize int, growth int, lname sysname, pname nvarchar(260), createlsn binary(10)?,
  droplsn binary(10)?, fileguid uniqueidentifier?, internalstatus int, readonlylsn binary(10)?,
  readwritelsn binary(10)?, readonlybaselsn binary(10)?, firstupdatelsn binary(10)?,
  lastupdatelsn binary(10)?, backuplsn binary(10)?, diffbaselsn binary(10)?,
  diffbaseguid uniqueidentifier?, diffbasetime datetime, diffbaseseclsn binary(10)?,
  redostartlsn binary(10)?, redotargetlsn binary(10)?, forkguid uniqueidentifier?,
  forklsn binary(10)?, forkvc bigint, redostartforkguid uniqueidentifier?
  : clst(fileid)
25 sysftinds
  id int, indid int, status int, crtype char(1)@4104, crstart datetime?, crend datetime?,
  crrows bigint, crerrors int, crschver binary(8), crtsnext binary(8)?, sensitivity tinyint,
  bXVTDocidUseBaseT tinyint, batchsize int, nextdocid bigint, fgid int
  : clst(id)
27 sysowners
  id int, name sysname, type char(1)@4104, sid varbinary(85)?, password varbinary(256)?,
  dfltsch sysname?, status int, created datetime, modified datetime, deflanguage sysname?
  : clst(id); nc1(name); nc2(sid, id)
28 sysdbreg
  id int, name sysname, sid varbinary(85)?, status int, status2 int, category int,
  crdate datetime, modified datetime, svcbrkrguid uniqueidentifier, scope int, cmptlevel tinyint
  : clst(id); nc1(name); nc2(svcbrkrguid, scope)
29 sysprivs
  class tinyint, id int, subid int, grantee int, grantor int, type char(4)@4104,
  state char(1)@4104
  : clust(class, id, subid, grantee, grantor, type)
34 sysschobjs
  id int, name sysname, nsid int, nsclass tinyint, status int, type char(2)@4104, pid int,
  pclass tinyint, intprop int, created datetime, modified datetime, status2 int
  : clst(id); nc1(nsclass, nsid, name); nc2(name, nsid, nsclass); repeating nc3(pid, pclass)
35 syscsrowgroups
  hobt_id bigint, segment_id int, version int, ds_hobtid bigint?, row_count int, status int,
  flags int, compressed_reason int, generation bigint, created_time datetime?,
  closed_time datetime?, container_id smallint?, blob_id binary(16)?, metadata_offset int?,
  metadata_size int?
  : clust(hobt_id, segment_id)
36 sysextsources
  data_source_id int, name nvarchar(128), type_desc nvarchar(255), type tinyint,
  location nvarchar(4000), credential_id int, job_tracker_location nvarchar(4000)?,
  storage_key nvarchar(4000)?, user_name nvarchar(128)?, shard_map_manager_db nvarchar(128)?,
  shard_map_name nvarchar(128)?, connection_options nvarchar(4000)?, pushdown nvarchar(256)
  : clidx1(data_source_id); ncidx1(name)
37 sysexttables
  object_id int, data_source_id int, file_format_id int?, location nvarchar(4000)?,
  reject_type nvarchar(20)?, reject_value float?, reject_sample_value float?,
  sharding_dist_type tinyint, sharding_col_id int, source_schema_name nvarchar(128)?,
  source_table_name nvarchar(128)?, rejected_row_location nvarchar(4000)?
  : clidx1(object_id)
38 sysextfileformats
  file_format_id int, name nvarchar(128), format_type nvarchar(100),
  field_terminator nvarchar(10)?, string_delimiter nvarchar(10)?, date_format nvarchar(50)?,
  use_type_default int, serde_method nvarchar(255)?, row_terminator nvarchar(10)?,
  encoding nvarchar(10)?, data_compression nvarchar(255)?, first_row int?,
  extractor nvarchar(255)?, null_values nvarchar(421)?
  : clidx1(file_format_id); ncidx1(name)
40 sysmultiobjvalues
  valclass tinyint, depid int, depsubid int, indepid int, indepsubid int, valnum int,
  value sql_variant?, imageval varbinary(max)?
  : clust(valclass, depid, depsubid, indepid, indepsubid, valnum);
  : nc1(valclass, indepid, indepsubid, depid, depsubid, valnum)
41 syscolpars
  id int, number smallint, colid int, name sysname?, xtype tinyint, utype int, length smallint,
  prec tinyint, scale tinyint, collationid int, status int, maxinrow smallint, xmlns int,
  dflt int, chk int, idtval varbinary(64)?
  : clst(id, number, colid); nc(id, name, number)
42 sysxlgns
  id int, name sysname, sid varbinary(85)?, status int, type char(1)@4104, crdate datetime,
  modate datetime, dbname sysname?, lang sysname?, pwdhash varbinary(256)?
  : cl(id); nc1(name); nc2(sid)
43 sysxsrvs
  id int, name sysname, product sysname, provider sysname, status int, modate datetime,
  catalog sysname?, cid int?, connecttimeout int?, querytimeout int?
  : cl(id); nc1(name)
44 sysnsobjs
  class tinyint, id int, name sysname, nsid int, status int, intprop int, created datetime,
  modified datetime
  : clst(class, id); nc(name, nsid, class)
45 sysusermsgs
  id int, msglangid smallint, severity smallint, status smallint, text nvarchar(1024)
  : clst(id, msglangid)
46 syscerts
  id int, name sysname, issuer varbinary(884), snum varbinary(32), thumbprint varbinary(64),
  pkey varbinary(4700)?, encrtype char(2)@4104, cert varbinary(max), status int,
  lastpkeybackup datetime?
  : cl(id); nc1(name); nc2(issuer, snum); nc3(thumbprint)
47 sysrmtlgns
  srvid int, name sysname?, lgnid int?, status int, modate datetime
  : cl(srvid, name)
48 syslnklgns
  srvid int, lgnid int?, name sysname?, status int, modate datetime, pwdhash varbinary(320)?
  : cl(srvid, lgnid)
49 sysxprops
  class tinyint, id int, subid int, name sysname, value sql_variant?
  : clust(class, id, subid, name)
50 sysscalartypes
  id int, schid int, name sysname, xtype tinyint, length smallint, prec tinyint, scale tinyint,
  collationid int, status int, created datetime, modified datetime, dflt int, chk int
  : clst(id); nc1(schid, name); nc2(name, schid)
51 systypedsubobjs
  class tinyint, idmajor int, subid int, name sysname@65544?, xtype tinyint, utype int,
  length smallint, prec tinyint, scale tinyint, collationid int, status int, intprop int
  : clst(class, idmajor, subid); nc(name, idmajor, class)
54 sysidxstats
  id int, indid int, name sysname?, status int, intprop int, fillfact tinyint, type tinyint,
  tinyprop tinyint, dataspace int, lobds int, rowset bigint
  : clst(id, indid); nc(name, id)
55 sysiscols
  idmajor int, idminor int, subid int, status int, intprop int, tinyprop1 tinyint,
  tinyprop2 tinyint, tinyprop3 tinyint, tinyprop4 tinyint
  : clst(idmajor, idminor, subid); nc1(idmajor, intprop, subid, idminor)
56 sysendpts
  id int, name sysname, protocol tinyint, type tinyint, bstat smallint, affinity bigint,
  pstat smallint, tstat smallint, typeint int, port1 int, port2 int, site nvarchar(128)@4104?,
  dfltns nvarchar(384)@65544?, wsdlproc nvarchar(776)?, dfltdb sysname?,
  authrealm nvarchar(128)?, dfltdm nvarchar(128)?, maxconn int, encalg tinyint, authtype tinyint
  : clst(id); nc1(name)
57 syswebmethods
  id int, nmspace nvarchar(384)@65544?, alias nvarchar(64)@65544, objname nvarchar(776)?,
  status int
  : clst(id, nmspace, alias)
58 sysbinobjs
  class tinyint, id int, nsid int, name sysname@65544, status int, type char(2)@65544,
  intprop int, created datetime, modified datetime
  : clst(class, id); nc1(class, nsid, name)
59 sysaudacts
  class tinyint, id int, subid int, grantee int, audit_spec_id int, type char(4)@4104,
  state char(1)@4104
  : clust(class, id, subid, grantee, audit_spec_id, type)
60 sysobjvalues
  valclass tinyint, objid int, subobjid int, valnum int, value sql_variant?,
  imageval varbinary(max)?
  : clst(valclass, objid, subobjid, valnum)
62 syscscolsegments
  hobt_id bigint, column_id int, segment_id int, version int, encoding_type int, row_count int,
  status int, base_id bigint, magnitude float, primary_dictionary_id int,
  secondary_dictionary_id int, min_data_id bigint, max_data_id bigint, null_value bigint,
  on_disk_size bigint, data_ptr binary(16), container_id smallint?, bloom_filter_md bigint?,
  bloom_filter_data_ptr varbinary(16)?
  : clust(hobt_id, column_id, segment_id)
63 syscsdictionaries
  hobt_id bigint, column_id int, dictionary_id int, version int, type int, flags bigint,
  last_id int, entry_count bigint, on_disk_size bigint, data_ptr binary(16),
  container_id smallint?
  : clust(hobt_id, column_id, dictionary_id)
64 sysclsobjs
  class tinyint, id int, name sysname, status int, type char(2)@4104, intprop int,
  created datetime, modified datetime
  : clst(class, id); nc(name, class)
65 sysrowsetrefs
  class tinyint, objid int, indexid int, rowsetnum int, rowsetid bigint, status int
  : clust(class, objid, indexid, rowsetnum)
67 sysremsvcbinds
  id int, name sysname, scid int, remsvc nvarchar(256)@65544?, status int
  : clst(id); nc1(name); nc2(scid, remsvc)
68 sysxmitqueue
  dlgid uniqueidentifier, finitiator bit, tosvc nvarchar(256)@65544?,
  tobrkrinst nvarchar(128)@65544?, fromsvc nvarchar(256)@65544?,
  frombrkrinst nvarchar(128)@65544?, svccontr nvarchar(256)@65544?, msgseqnum bigint,
  msgtype nvarchar(256)@65544?, unackmfn int, status int, enqtime datetime, rsndtime datetime?,
  dlgerr int, msgid uniqueidentifier, hdrpartlen smallint, hdrseclen smallint, msgenc tinyint,
  msgbodylen int, msgbody varbinary(max)?, msgref bigint?
  : clst(dlgid, finitiator, msgseqnum)
69 sysrts
  id int, name sysname, remsvc nvarchar(256)@65544?, brkrinst nvarchar(128)@65544?,
  addr nvarchar(256)@65544?, miraddr nvarchar(256)@65544?, lifetime datetime?
  : clst(id); nc1(remsvc, brkrinst, id); nc2(name)
71 sysconvgroup
  id uniqueidentifier, service_id int, status int, refcount int
  : clst(id)
72 sysdesend
  handle uniqueidentifier, diagid uniqueidentifier, initiator tinyint, sendseq bigint,
  sendxact binary(6)
  : cl(handle)
73 sysdercv
  diagid uniqueidentifier, initiator tinyint, handle uniqueidentifier, rcvseq bigint,
  rcvfrag int, status int, state char(2)@4104, lifetime datetime, contract int, svcid int,
  convgroup uniqueidentifier, sysseq bigint, enddlgseq bigint, firstoorder bigint,
  lastoorder bigint, lastoorderfr int, dlgtimer datetime, dlgopened datetime, princid int,
  outseskey varbinary(4096), outseskeyid uniqueidentifier, farprincid int,
  inseskey varbinary(4096), inseskeyid uniqueidentifier, farsvc nvarchar(256)@65544,
  farbrkrinst nvarchar(128)@65544?, priority tinyint
  : cl(diagid, initiator)
74 syssingleobjrefs
  class tinyint, depid int, depsubid int, indepid int, indepsubid int, status int
  : clst(depid, class, depsubid); nc1(indepid, class, indepsubid, depid, depsubid)
75 sysmultiobjrefs
  class tinyint, depid int, depsubid int, indepid int, indepsubid int, status int
  : clst(depid, class, depsubid, indepid, indepsubid);
  : nc1(indepid, class, indepsubid, depid, depsubid)
78 sysguidrefs
  class tinyint, id int, subid int, guid uniqueidentifier, status int
  : cl(id, class, subid); nc(guid, class)
79 sysfoqueues
  id int, lsn binary(10), epoch int?, csn bigint?, created datetime
  : clst(id, lsn)
80 syschildinsts
  lsid varbinary(85), iname sysname, ipipename nvarchar(260), pid int, status int,
  crdate datetime, modate datetime, sysdbpath nvarchar(260)
  : cl(lsid)
82 syscompfragments
  cprelid int, fragid int, fragobjid int, ts binary(8), status int, datasize bigint,
  itemcnt bigint, rowcnt bigint
  : clst(cprelid, fragid)
84 sysftsemanticsdb
  database_id int, register_date datetime, registered_by int, version nvarchar(128),
  fileguid uniqueidentifier
  : cl(database_id)
85 sysftstops
  stoplistid int, stopword nvarchar(64)@65544, lcid int, status tinyint
  : clst(stoplistid, stopword, lcid)
86 sysftproperties
  property_list_id int, property_id int, property_name nvarchar(256)@520142856,
  guid_identifier uniqueidentifier, int_identifier int, string_description nvarchar(512)?
  : clst(property_list_id, property_id); nonclst(property_list_id, property_name);
  : nonclstgi(property_list_id, guid_identifier, int_identifier)
87 sysxmitbody
  msgref bigint, count int, msgbody varbinary(max)?
  : clst(msgref)
89 sysfos
  id int, tgid int, low varbinary(512), high varbinary(512)?, rowcnt bigint?, size bigint?,
  csn bigint?, epoch int?, status char(1), history varbinary(6000)?, created datetime,
  modified datetime
  : clst(id); nc1(tgid, low, high)
90 sysqnames
  qid int, hash int, nid int, name nvarchar(4000)@65544
  : clst(qid, hash, nid); nc1(nid)
91 sysxmlcomponent
  id int, xsdid int, uriord int, qual tinyint, nameid int, symspace char(1)@65544, nmscope int,
  kind char(1)@65544, deriv char(1)@65544, status int, enum char(1)@65544,
  defval nvarchar(4000)@65544?
  : cl(id); nc1(xsdid, uriord, qual, nameid, symspace, nmscope)
92 sysxmlfacet
  compid int, ord int, kind char(2)@65544, status smallint, dflt nvarchar(4000)@65544?
  : cl(compid, ord)
93 sysxmlplacement
  placingid int, ordinal int, placedid int, status int, minoccur int, maxoccur int,
  defval nvarchar(4000)@65544?
  : cl(placingid, ordinal); nc1(placedid, placingid, ordinal)
94 sysobjkeycrypts
  class tinyint, id int, thumbprint varbinary(32), type char(4)@4104, crypto varbinary(max),
  status int
  : cl(class, id, thumbprint)
95 sysasymkeys
  id int, name sysname, thumbprint varbinary(64), bitlength int, algorithm char(2)@4104,
  modified datetime, pkey varbinary(4700)?, encrtype char(2)@4104, pukey varbinary(max)
  : cl(id); nc1(name); nc3(thumbprint)
96 syssqlguides
  id int, name sysname, scopetype tinyint, scopeid int, hash varbinary(20)?, status int,
  created datetime, modified datetime, batchtext nvarchar(max)?, paramorhinttext nvarchar(max)?
  : clst(id); nc1(name); nc2(scopetype, scopeid, hash, id)
97 sysbinsubobjs
  class tinyint, idmajor int, subid int, name sysname@65544, status int, intprop int
  : clst(class, idmajor, subid); nc1(name, idmajor, class)
98 syssoftobjrefs
  depclass tinyint, depid int, indepclass tinyint, indepname sysname, indepschema sysname?,
  indepdb sysname?, indepserver sysname?, number int, status int
  : clst(depid, depclass, indepname, indepschema, indepclass, number);
  : nc1(indepname, indepschema, indepclass, depid, depclass, number)
`
