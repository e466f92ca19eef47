package dev.recount.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.unit.DataSize;

class WebDefaultsTest {

    @Test
    void only_this_machine_may_connect_unless_told_otherwise() {
        assertThat(environment(Map.of()).getProperty("server.address")).isEqualTo("127.0.0.1");
        assertThat(environment(Map.of("server.address", "0.0.0.0")).getProperty("server.address"))
                .isEqualTo("0.0.0.0");
    }

    @Test
    void bodies_of_a_megabyte_are_read_unless_told_otherwise() {
        assertThat(limits(Map.of()).maxJsonBody()).isEqualTo(DataSize.ofMegabytes(1));
        assertThat(limits(Map.of("recount.web.max-json-body", "64KB")).maxJsonBody())
                .isEqualTo(DataSize.ofKilobytes(64));
    }

    private static WebProperties limits(Map<String, Object> given) {
        return Binder.get(environment(given)).bindOrCreate("recount.web", WebProperties.class);
    }

    private static Environment environment(Map<String, Object> given) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("given", given));
        new WebDefaults().postProcessEnvironment(environment, new SpringApplication());
        return environment;
    }
}
