package dev.recount.launcher;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * Starts Recount, or reports in one sentence that Java is too old, instead of the JVM's stack trace.
 *
 * <p>In the jar it stands before Spring Boot's launcher, which needs Java 17. That launcher calls it again once the
 * nested jars can be read. If the classes are separate files, it is called once.
 */
public final class Launcher {

    private static final int NEEDED = 25;
    private static final String NESTED_JARS = "org.springframework.boot.loader.launch.JarLauncher";
    private static final String APPLICATION = "dev.recount.standalone.RecountApplication";

    private static boolean called;

    private Launcher() {}

    public static void main(String[] arguments) throws Throwable {
        String complaint = complaintAbout(
                System.getProperty("java.specification.version"),
                System.getProperty("java.version"),
                System.getProperty("java.home"));
        if (!complaint.isEmpty()) {
            System.err.println(complaint);
            System.exit(1);
        }
        ClassLoader classes = Thread.currentThread().getContextClassLoader();
        boolean nested = !called && classes.getResource(NESTED_JARS.replace('.', '/') + ".class") != null;
        called = true;
        call(Class.forName(nested ? NESTED_JARS : APPLICATION, true, classes), arguments);
    }

    /** Empty for a Java that is new enough. */
    static String complaintAbout(String specification, String version, String home) {
        // Up to Java 8 this is 1.8 and the like.
        int release = Integer.parseInt(specification.replaceFirst("^1\\.", "").replaceFirst("\\..*", ""));
        return release >= NEEDED
                ? ""
                : "Recount needs Java " + NEEDED + ", but was started with Java " + version + " (" + home
                        + "): install a JDK " + NEEDED
                        + ", for example Temurin (https://adoptium.net), and start Recount with its bin/java.";
    }

    private static void call(Class<?> type, String[] arguments) throws Throwable {
        Method main = type.getDeclaredMethod("main", String[].class);
        main.setAccessible(true);
        try {
            main.invoke(null, (Object) arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getCause() == null ? failed : failed.getCause();
        }
    }
}
