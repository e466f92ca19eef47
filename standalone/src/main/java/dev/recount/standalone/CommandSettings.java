package dev.recount.standalone;

import dev.recount.standalone.cli.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.bind.Binder;

/** Reads the settings of a command like those of the server, without starting anything. */
final class CommandSettings {

    /** Hides the server's log output, because commands report failures themselves. */
    private static final List<String> QUIET =
            List.of("--logging.level.dev.recount=warn", "--logging.level.com.zaxxer.hikari=off");

    private CommandSettings() {}

    static Settings read(String... options) {
        var application = new SpringApplication(CommandSettings.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setRegisterShutdownHook(false);
        application.setLogStartupInfo(false);
        var all = new ArrayList<>(QUIET);
        all.removeIf(quiet -> Arrays.stream(options).anyMatch(option -> option.startsWith("--logging.level.")));
        all.addAll(List.of(options));
        var environment = application.run(all.toArray(String[]::new)).getEnvironment();
        try {
            UnknownOptions.refuse(environment);
            FileNames.refuseMangled(environment);
        } catch (UnknownOptionException unknown) {
            throw new Settings.InvalidSettingsException(unknown.getMessage() + "\n" + unknown.alternatives());
        } catch (UnusableStartException unusable) {
            throw new Settings.InvalidSettingsException(unusable.getMessage() + "\n" + unusable.action());
        }
        return new Settings(
                environment,
                Binder.get(environment)
                        .bindOrCreate("recount", StandaloneProperties.class)
                        .dataDirectory());
    }
}
