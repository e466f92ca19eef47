package dev.recount.command.imports.csv;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes text strictly as UTF-8. */
public final class Utf8 {

    private Utf8() {}

    /** Throws {@link java.nio.charset.CharacterCodingException} for invalid bytes instead of replacing them. */
    public static Reader reader(InputStream bytes) {
        return new InputStreamReader(
                bytes,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }
}
