<#
.SYNOPSIS
Gives a developer a clone of an image and writes its connection strings to a .env file.
.DESCRIPTION
Run it again and you get the same clone; other lines of the file are kept. Talks REST, so it needs
nothing but PowerShell. The daemon is found at SLIPWAY_URL, or at its default address.
.EXAMPLE
samples/onboard.ps1 northwind
#>
param(
  [Parameter(Mandatory)] [string] $Image,
  [string] $Name = (("$([Environment]::UserName)-$Image").ToLower() -replace '[^a-z0-9]+', '-').Trim('-'),
  [string] $EnvFile = '.env'
)
$ErrorActionPreference = 'Stop'

$url = if ($env:SLIPWAY_URL) { $env:SLIPWAY_URL } else { 'http://127.0.0.1:7433' }

function Find-Clone {
  (Invoke-RestMethod "$url/v1/clones").clones | Where-Object { $_.name -eq $Name }
}

$clone = Find-Clone
if (-not $clone) {
  $body = @{ image = $Image; name = $Name } | ConvertTo-Json
  $headers = @{ Prefer = 'wait=120' }
  $null = Invoke-RestMethod "$url/v1/clones" -Method Post -Body $body -ContentType 'application/json' -Headers $headers
  $clone = Find-Clone
}
if ($clone.image -ne $Image) {
  throw "The clone $Name is of image $($clone.image), not of ${Image}; give another name."
}
if ($clone.status -ne 'ready') {
  throw "The clone $Name is $($clone.status); remove it (slipway clone rm $Name) and try again."
}

function Format-Value([string] $Text) {
  '"' + ($Text -replace '(["\\$`])', '\$1') + '"'
}

$lines = @()
if (Test-Path $EnvFile) {
  $lines += Get-Content $EnvFile | Where-Object { $_ -notmatch '^(SLIPWAY_|DATABASE_URL=|ADO_CONNECTION_STRING=)' }
}
$lines += "SLIPWAY_CLONE=$($clone.name)"
$lines += "DATABASE_URL=$(Format-Value $clone.connectionStrings.url)"
$lines += "ADO_CONNECTION_STRING=$(Format-Value $clone.connectionStrings.adonet)"

$temporary = "$EnvFile.$PID.tmp"
Set-Content -Path $temporary -Value $lines -Encoding utf8
Move-Item -Path $temporary -Destination $EnvFile -Force
Write-Output "onboard: $Name is ready; its connection strings are in $EnvFile"
