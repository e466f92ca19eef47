package dev.recount.query.reports;

import dev.recount.web.DeclaresParameters;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A report, which can say what it tells. */
interface Report extends DeclaresParameters {

    Description description();

    @Override
    default Set<String> parameters() {
        return description().parameters().stream()
                .map(ReportParameter::wireName)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * @param meaning what it tells, in a sentence or two
     * @param path where it is asked for
     * @param parameters all that it knows; every report can be told as of the past
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

        /** Of a report that is a {@link ReportTable}. */
        static Description of(String name, String meaning, String exampleQuery, ReportParameter... parameters) {
            return new Description(
                    name,
                    meaning,
                    PATH + name,
                    withAsOf(parameters),
                    List.of("application/json", "text/csv"),
                    PATH + name + exampleQuery);
        }

        /** Of one that answers JSON alone and has no parameters of its own. */
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
