import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.jar.Attributes.Name;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Makes the released jar from Spring Boot's. Puts {@code Launcher} first, and unseals the libraries, because a JVM with
 * an AOT cache refuses to start on sealed packages.
 */
class FinishJar {

    private static final String LAUNCHER = "dev/recount/launcher/Launcher.class";
    private static final String CLASSES = "BOOT-INF/classes/";

    public static void main(String[] arguments) throws IOException {
        Path packed = Path.of(arguments[0]);
        Path finished = Path.of(arguments[1]);
        Path unfinished = finished.resolveSibling(finished.getFileName() + ".unfinished");
        try (ZipFile source = new ZipFile(packed.toFile());
                ZipOutputStream target = new ZipOutputStream(Files.newOutputStream(unfinished))) {
            for (ZipEntry entry : Collections.list(source.entries())) {
                byte[] content = bytes(source.getInputStream(entry));
                if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
                    content = beginningWithLauncher(content);
                } else if (entry.getName().endsWith(".jar")) {
                    content = unsealed(content);
                }
                write(target, entry, entry.getName(), content);
                if (entry.getName().equals(CLASSES + LAUNCHER)) {
                    write(target, entry, LAUNCHER, content);
                }
            }
        }
        // Replaced atomically: a server that runs from the old jar keeps that.
        Files.move(unfinished, finished, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static byte[] beginningWithLauncher(byte[] content) throws IOException {
        Manifest manifest = new Manifest(new ByteArrayInputStream(content));
        manifest.getMainAttributes()
                .put(Name.MAIN_CLASS, LAUNCHER.replace(".class", "").replace('/', '.'));
        return bytes(manifest);
    }

    private static byte[] unsealed(byte[] jar) throws IOException {
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        boolean changed = false;
        try (ZipInputStream source = new ZipInputStream(new ByteArrayInputStream(jar));
                ZipOutputStream target = new ZipOutputStream(result)) {
            for (ZipEntry entry = source.getNextEntry(); entry != null; entry = source.getNextEntry()) {
                byte[] content = source.readAllBytes();
                if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
                    Manifest manifest = new Manifest(new ByteArrayInputStream(content));
                    changed = manifest.getMainAttributes().remove(Name.SEALED) != null;
                    if (!changed) {
                        break;
                    }
                    content = bytes(manifest);
                }
                write(target, entry, entry.getName(), content);
            }
        }
        return changed ? result.toByteArray() : jar;
    }

    private static void write(ZipOutputStream target, ZipEntry like, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(like.getTime());
        entry.setMethod(like.getMethod());
        if (like.getMethod() == ZipEntry.STORED) {
            CRC32 checksum = new CRC32();
            checksum.update(content);
            entry.setCrc(checksum.getValue());
            entry.setSize(content.length);
            entry.setCompressedSize(content.length);
        }
        target.putNextEntry(entry);
        target.write(content);
        target.closeEntry();
    }

    private static byte[] bytes(InputStream stream) throws IOException {
        try (stream) {
            return stream.readAllBytes();
        }
    }

    private static byte[] bytes(Manifest manifest) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        manifest.write(bytes);
        return bytes.toByteArray();
    }
}
