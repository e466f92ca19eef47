package dev.recount.query.rebuild;

import dev.recount.query.projection.Projection;
import java.util.List;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.type.filter.AssignableTypeFilter;

/** The projections that a node runs. */
public final class AllProjections {

    private AllProjections() {}

    public static List<Projection> list() {
        var context = new GenericApplicationContext();
        var scanner = new ClassPathBeanDefinitionScanner(context);
        scanner.addExcludeFilter(
                (reader, factory) -> !new AssignableTypeFilter(Projection.class).match(reader, factory));
        scanner.setIncludeAnnotationConfig(false);
        scanner.scan("dev.recount.query");
        context.refresh();
        return List.copyOf(context.getBeansOfType(Projection.class).values());
    }

    static Projection named(String name) {
        return list().stream()
                .filter(projection -> projection.name().equals(name))
                .findAny()
                .orElseThrow();
    }
}
