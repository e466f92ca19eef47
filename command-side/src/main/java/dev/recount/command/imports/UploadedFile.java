package dev.recount.command.imports;

import dev.recount.web.ProblemException;
import dev.recount.web.ProblemType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** Finds the one file of an import request. */
final class UploadedFile {

    /** The name of the part that holds the file. */
    static final String PART = "file";

    private static final String EXTENSION = ".csv";

    private UploadedFile() {}

    /**
     * Reads the body to its end. Fails with 400 {@code validation-failed} unless there is exactly one file and its name
     * ends in .csv.
     */
    static MultipartFile of(MultipartHttpServletRequest request) {
        List<MultipartFile> files = request.getFiles(PART);
        if (files.isEmpty()) {
            throw refused("is required, as a part with a file name");
        }
        if (files.size() > 1) {
            throw refused("must be one file");
        }
        MultipartFile file = files.getFirst();
        String name = Objects.requireNonNullElse(file.getOriginalFilename(), "");
        if (!name.toLowerCase(Locale.ROOT).endsWith(EXTENSION)) {
            throw refused("must have a name that ends in " + EXTENSION);
        }
        return file;
    }

    private static ProblemException refused(String message) {
        return ProblemType.invalid(Map.of(PART, List.of(message))).exception();
    }
}
