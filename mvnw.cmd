<# : What mvnw does, for Windows: cmd reads the lines up to the hash sign below, PowerShell those after it.
@echo off
setlocal
set "MVNW_FILE=%~f0"
set "MVNW_DIRECTORY=%~dp0"
set "MVNW_JAVA="
set "MVNW_MAVEN="
for /f "usebackq tokens=1,* delims==" %%a in (`powershell -NoProfile -ExecutionPolicy Bypass -Command "Invoke-Expression (Get-Content -Raw -LiteralPath $env:MVNW_FILE)"`) do (
  if "%%a"=="java" set "MVNW_JAVA=%%b"
  if "%%a"=="maven" set "MVNW_MAVEN=%%b"
)
if not defined MVNW_MAVEN exit /b 1
set "JAVA_HOME=%MVNW_JAVA%"
rem Otherwise Maven would go on after Ctrl-C with what is only for measurements.
set "MVNW_MODULES="
if "%~1"=="spring-boot:run" set "MVNW_MODULES=-pl :standalone -am -Dtests.compile.skip"
call "%MVNW_MAVEN%" %MVNW_MODULES% %*
exit /b %ERRORLEVEL%
#>
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
[Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor [Net.SecurityProtocolType]::Tls12

$minimum = [version]'3.8.6'
$version = '3.9.11'
$sha512 = 'bcfe4fe305c962ace56ac7b5fc7a08b87d5abd8b7e89027ab251069faebee516b0ded8961445d6d91ec1985dfe30f8153268843c89aa392733d1a3ec956c9978'
$file = "apache-maven-$version-bin.tar.gz"
$url = "https://archive.apache.org/dist/maven/maven-3/$version/binaries/$file"
if ($env:MVNW_REPOURL) { $url = "$($env:MVNW_REPOURL.TrimEnd('/'))/org/apache/maven/apache-maven/$version/$file" }

function Fail($message) {
    [Console]::Error.WriteLine("mvnw: $message")
    exit 1
}

# The release of the JDK in a directory, from the file that every JDK since 9 carries.
function Release($directory) {
    if (-not (Test-Path -LiteralPath "$directory\bin\java.exe")) { return 0 }
    $line = Get-Content -LiteralPath "$directory\release" -ErrorAction SilentlyContinue | Select-String '^JAVA_VERSION="(\d+)'
    if ($line) { [int]$line.Matches[0].Groups[1].Value } else { 0 }
}

$candidates = @($env:JAVA_HOME)
$onPath = Get-Command java.exe -ErrorAction SilentlyContinue | Select-Object -First 1
if ($onPath) { $candidates += Split-Path (Split-Path $onPath.Source) }
foreach ($vendor in 'Eclipse Adoptium', 'Java', 'Microsoft', 'Amazon Corretto', 'Zulu', 'BellSoft') {
    $candidates += @(Get-ChildItem "$env:ProgramFiles\$vendor" -Directory -ErrorAction SilentlyContinue | ForEach-Object FullName)
}
$candidates += @(Get-ChildItem "$env:USERPROFILE\.jdks" -Directory -ErrorAction SilentlyContinue | ForEach-Object FullName)
$java = $candidates | Where-Object { $_ -and (Release $_) -ge 17 } | Select-Object -First 1
$advice = 'but Recount is built with a JDK 25: install one (for example Temurin, https://adoptium.net), or name it by JAVA_HOME'
if (-not $java) { Fail "no Java found, $advice" }
$jdk = $candidates | Where-Object { $_ -and (Release $_) -ge 25 -and (Test-Path -LiteralPath "$_\bin\javac.exe") } | Select-Object -First 1
if (-not $jdk -and -not (Test-Path -LiteralPath "$env:USERPROFILE\.m2\toolchains.xml")) { Fail "found only Java $(Release $java) ($java), $advice" }
$env:JAVA_HOME = $java

$maven = $null
$installed = Get-Command mvn.cmd -ErrorAction SilentlyContinue | Select-Object -First 1
# Asked through cmd: what a native program writes to stderr would end this script, and newer JDKs warn there.
if ($installed -and ((cmd.exe /c 'mvn.cmd --version 2>nul') -join ' ') -match 'Apache Maven (\d+\.\d+\.\d+)' -and [version]$Matches[1] -ge $minimum) {
    $maven = $installed.Source
}
if (-not $maven) {
    $base = if ($env:MAVEN_USER_HOME) { $env:MAVEN_USER_HOME } else { "$env:USERPROFILE\.m2" }
    $cache = "$base\wrapper\recount"
    try {
        New-Item -ItemType Directory -Force $cache | Out-Null
    } catch {
        $cache = "$env:MVNW_DIRECTORY.mvn\dist"
        New-Item -ItemType Directory -Force $cache | Out-Null
    }
    $maven = "$cache\apache-maven-$version\bin\mvn.cmd"
    if (-not (Test-Path -LiteralPath $maven)) {
        [Console]::Error.WriteLine("mvnw: fetching Apache Maven $version to $cache")
        $scratch = "$cache\fetching.$([guid]::NewGuid())"
        New-Item -ItemType Directory $scratch | Out-Null
        $failure = $null
        try {
            (New-Object Net.WebClient).DownloadFile($url, "$scratch\$file")
            $found = (Get-FileHash -Algorithm SHA512 -LiteralPath "$scratch\$file").Hash.ToLowerInvariant()
            if ($found -ne $sha512) { throw "refused ${url}: its SHA-512 is '$found', not the '$sha512' that Apache published" }
            tar.exe -xzf "$scratch\$file" -C $scratch
            Move-Item "$scratch\apache-maven-$version" $cache -ErrorAction SilentlyContinue
            if (-not (Test-Path -LiteralPath $maven)) { throw "could not unpack $file" }
        } catch {
            $failure = $_.Exception.Message
        }
        Remove-Item -Recurse -Force $scratch
        if ($failure) { Fail $failure }
    }
}
Write-Output "java=$java"
Write-Output "maven=$maven"
