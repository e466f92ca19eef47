# Finds Java, for mvnw and recount, which source this file.

needed=25
homes='/usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/hostedtoolcache/*/*/* /Library/Java/JavaVirtualMachines/*/Contents/Home'

# Prints the release of a java program, such as 25, or nothing if it cannot be run.
release_of() {
    "$1" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p'
}

is_at_least() {
    release=$(release_of "$1") || return 1
    [ "${release:-0}" -ge "$2" ] 2>/dev/null
}

java_homes() {
    own=${HOME:-/nonexistent}
    # A pattern without a match stays unchanged and names no directory.
    for home in $homes "$own"/.sdkman/candidates/java/* "$own"/.jdks/* "$own"/.asdf/installs/java/* \
        "$own"/.jenv/versions/* "$own"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
        [ -x "$home/bin/java" ] && printf '%s\n' "$home"
    done
    return 0
}

# Prints the home of the java on the PATH.
home_on_path() {
    java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
}

# Sets found_home to a home of Java $1 or newer with the program $2: from JAVA_HOME, from the PATH, or any other.
find_home() {
    found_home=$(
        {
            [ -z "${JAVA_HOME:-}" ] || printf '%s\n' "$JAVA_HOME"
            home_on_path
            java_homes
        } | while IFS= read -r home; do
            if [ -x "$home/bin/$2" ] && is_at_least "$home/bin/java" "$1"; then
                printf '%s\n' "$home"
                break
            fi
        done
    )
    [ -n "$found_home" ]
}

# Describes the Java that was found instead.
java_there_is() {
    for program in ${JAVA_HOME:+"$JAVA_HOME/bin/java"} java; do
        version=$("$program" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p')
        if [ -n "$version" ]; then
            echo "found only Java $version ($(command -v "$program"))"
            return
        fi
    done
    for home in $(java_homes); do
        version=$("$home/bin/java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p')
        if [ -n "$version" ]; then
            echo "found only Java $version ($home)"
            return
        fi
    done
    echo "no Java found"
}

advice="install one (for example Temurin, https://adoptium.net), and put its bin directory on the PATH or name it by JAVA_HOME"
