package dev.recount.query.reports;

import dev.recount.web.DeclaresParameters;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A report and its description. */
interface Report extends DeclaresParameters {

    Description description();

    @Override
    default Set<String> parameters() {
        return description().parameters().stream()
                .map(ReportParameter::wireName)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * @param meaning meaning of the figures, in a sentence or two
     * @param path path of its endpoint
     * @param parameters all parameters; every report accepts {@code as_of}
     * @param example a request that works
     */
    record Description(
            String name,
            String meaning,
            String path,
            Set<ReportParameter> parameters,
            List<String> mediaTypes,
            String example) {

        private static final String PATH = "/reports/";

        /** The description of a report that is a {@link ReportTable}. */
        static Description of(String name, String meaning, String exampleQuery, ReportParameter... parameters) {
            return new Description(
                    name,
                    meaning,
                    PATH + name,
                    withAsOf(parameters),
                    List.of("application/json", "text/csv"),
                    PATH + name + exampleQuery);
        }

        /** The description of a report that returns only JSON and has no parameters of its own. */
        static Description ofJson(String name, String meaning) {
            return new Description(name, meaning, PATH + name, withAsOf(), List.of("application/json"), PATH + name);
        }

        private static Set<ReportParameter> withAsOf(ReportParameter... parameters) {
            var all = EnumSet.of(ReportParameter.AS_OF);
            all.addAll(List.of(parameters));
            return all;
        }
    }
}
